import type { ObjectMeta } from "../gen/meta-v1.ts";
import type { FieldName, IndexKey, Leaf, Shape } from "./walk.ts";

/** One operation of a JSON patch (RFC 6902). Paths are JSON pointers: `~1` stands for `/`, `~0` for `~`. */
export type JsonPatchOperation =
  | { op: "add" | "replace" | "test"; path: string; value: unknown }
  | { op: "remove"; path: string }
  | { op: "move" | "copy"; from: string; path: string };

/** A JSON merge patch (RFC 7386) for `V`: `null` removes a field, a list replaces the list. */
export type MergePatchOf<V> = V extends Leaf | readonly unknown[]
  ? V
  : V extends object
    ? {
        fields: MergeObject<V>;
        map: MergeMap<V>;
        both: MergeObject<V> & MergeMap<V>;
        leaf: V;
      }[Shape<V>]
    : V;

type MergeMap<V> = { [K in keyof V as IndexKey<K>]: MergePatchOf<V[K]> | null };

type MergeObject<V> = { [K in keyof V as FieldName<K>]?: MergePatchOf<V[K]> | null };

/** The directives of strategic merge patch: `$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`. */
export interface StrategicDirectives {
  $patch?: "replace" | "merge" | "delete";
  $retainKeys?: string[];
  [directive: `$setElementOrder/${string}`]: unknown[];
  [directive: `$deleteFromPrimitiveList/${string}`]: (string | number)[];
}

/** A strategic merge patch for `V`: `null` removes a field, lists merge by their keys where the API says so. */
export type StrategicPatchOf<V> = V extends Leaf
  ? V
  : V extends readonly (infer I)[]
    ? StrategicPatchOf<I>[]
    : V extends object
      ? {
          fields: StrategicObject<V>;
          map: StrategicMap<V>;
          both: StrategicObject<V> & StrategicMap<V>;
          leaf: V;
        }[Shape<V>]
      : V;

type StrategicMap<V> = { [K in keyof V as IndexKey<K>]: StrategicPatchOf<V[K]> | null };

type StrategicObject<V> = { [K in keyof V as FieldName<K>]?: StrategicPatchOf<V[K]> | null } & StrategicDirectives;

/** A merge patch of metadata alone, which is the same for every kind: what code for any kind can write. */
export interface MetadataPatch {
  /** The metadata to change. */
  metadata: MergePatchOf<ObjectMeta> | null;
  /** Not here: such a patch changes metadata only. */
  spec?: undefined;
  /** Not here: such a patch changes metadata only. */
  status?: undefined;
}

// What fast-json-patch counts among its operations, and never gives.
interface LibraryOperation {
  op: "_get";
  path: string;
  value: unknown;
}

/** The body of a patch: exactly one of `merge` and `json`, which may be what fast-json-patch computed. */
export type Patch<T> =
  | { merge: MergePatchOf<T> | MetadataPatch; json?: undefined; strategic?: undefined }
  | {
      json: readonly (JsonPatchOperation | LibraryOperation)[];
      merge?: undefined;
      strategic?: undefined;
    };

/** The body of a patch for a built-in kind: exactly one of `merge`, `strategic` and `json`. */
export type BuiltInPatch<T> = Patch<T> | { strategic: StrategicPatchOf<T>; merge?: undefined; json?: undefined };
