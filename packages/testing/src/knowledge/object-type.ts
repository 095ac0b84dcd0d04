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
  /** OpenAPI's default; undefined for none, and for one that is zero or empty. */
  readonly default: unknown;
  readonly patchStrategy: readonly PatchStrategy[];
  readonly patchMergeKey: string | undefined;
}

/** x-kubernetes-patch-strategy. */
export type PatchStrategy = "merge" | "replace" | "retainKeys";

/** What is a single value in JSON, or anything at all (`raw`, `json`). */
export type ScalarKind =
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

/** What a field, an item or an entry holds. `goType` is its type in Go's errors: `v1.Protocol`, `[]v1.Container`. */
export type Value =
  | { readonly is: ScalarKind; readonly goType: string; readonly enum: readonly string[] | undefined }
  | { readonly is: "object"; readonly goType: string; readonly type: ObjectType; readonly atomic: boolean }
  | {
      readonly is: "list";
      readonly goType: string;
      readonly of: Value;
      readonly listType: "atomic" | "set" | "map" | undefined;
      readonly keys: readonly string[];
    }
  /** Its keys are strings. */
  | { readonly is: "map"; readonly goType: string; readonly of: Value; readonly atomic: boolean };
