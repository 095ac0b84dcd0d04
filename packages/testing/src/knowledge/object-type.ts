/** A struct of Go with embedded structs' fields among its own, in the order in which Go prints them. Compared by identity. */
export interface ObjectType {
  /** As in Go's errors: `v1.PodSpec`. */
  readonly name: string;
  /** In OpenAPI: `io.k8s.api.core.v1.PodSpec`. */
  readonly schema: string;
  /** By JSON name; apiVersion and kind are among them for kinds. */
  readonly fields: ReadonlyMap<string, Field>;
  /** x-kubernetes-map-type: atomic on the type itself. */
  readonly atomic: boolean;
}

/** A field of a struct. */
export interface Field {
  readonly name: string;
  readonly value: Value;
  /**
   * How Go prints its zero value. `omitempty`: `""`, 0, false, nil, empty lists and maps are left out (a struct that is no pointer is
   * printed all the same); `omitzero`: a zero struct too; `always`: zero or null is printed.
   */
  readonly empty: "always" | "omitempty" | "omitzero";
  /** Zero differs from absent. */
  readonly pointer: boolean;
  /** As OpenAPI says. */
  readonly required: boolean;
  /** OpenAPI's default; undefined for none. */
  readonly default: unknown;
  readonly patchStrategy: readonly ("merge" | "replace" | "retainKeys")[];
  readonly patchMergeKey: string | undefined;
}

/** What a field, an item or an entry holds. */
export type Value =
  | {
      readonly is:
        | "string"
        | "bool"
        | "int32"
        | "int64"
        | "double"
        | "bytes"
        | "time"
        | "microTime"
        | "duration"
        | "quantity"
        | "intOrString"
        | "raw"
        | "fieldsV1"
        | "json";
      /** As in Go's errors: `v1.Protocol`. */
      readonly goType: string;
      readonly enum: readonly string[] | undefined;
    }
  | { readonly is: "object"; readonly type: ObjectType; readonly atomic: boolean }
  | {
      readonly is: "list";
      readonly of: Value;
      readonly listType: "atomic" | "set" | "map" | undefined;
      readonly keys: readonly string[];
    }
  /** Its keys are strings. */
  | { readonly is: "map"; readonly of: Value; readonly atomic: boolean };
