import type { ObjectMeta } from "../gen/meta-v1.ts";
import type { mapKeys, served } from "./marks.ts";
import type { FieldName, IndexKey, Leaf, Shape } from "./walk.ts";

// Fields that only the server sets; to send them in an apply would be a conflict or a lie.
type ServerMetadata =
  | "uid"
  | "managedFields"
  | "resourceVersion"
  | "creationTimestamp"
  | "deletionTimestamp"
  | "deletionGracePeriodSeconds"
  | "generation"
  | "generateName"
  | "selfLink";

type OwnMetadata = { [K in keyof ObjectMeta as K extends ServerMetadata | "name" ? never : K]: ObjectMeta[K] };

/** Metadata of an applied object: a name, and what the manager wants to own. With a uid it would be a fetched object. */
export interface ApplyMetadata extends OwnMetadata {
  /** Which object is applied; it is created if it does not exist. */
  name: string;
  /** Only a fetched object has one. */
  uid?: undefined;
}

type KeysOf<V> = typeof mapKeys extends keyof V ? NonNullable<V[typeof mapKeys]> & keyof V : never;

type ApplyValue<V> = V extends Leaf
  ? V
  : V extends readonly (infer I)[]
    ? ApplyValue<I>[]
    : V extends object
      ? {
          fields: ApplyObject<V>;
          map: ApplyMap<V>;
          both: ApplyObject<V> & ApplyMap<V>;
          leaf: V;
        }[Shape<V>]
      : V;

type ApplyMap<V> = { [K in keyof V as IndexKey<K>]: ApplyValue<V[K]> };

type ApplyObject<V> =
  KeysOf<V> extends never
    ? { [K in keyof V as FieldName<K>]?: ApplyValue<V[K]> }
    : { [K in keyof V as FieldName<K, KeysOf<V>>]?: ApplyValue<V[K]> } & {
        [K in keyof V as K extends KeysOf<V> ? K : never]-?: V[K];
      };

type ApplyFields<T, Left extends PropertyKey> = {
  [K in keyof T as K extends "metadata" | typeof served | Left ? never : K]?: ApplyValue<T[K]>;
} & {
  /** The group and version of the kind. Default: the resource's. */
  apiVersion?: string;
  /** The kind. Default: the resource's. */
  kind?: string;
  /** The name, and the metadata that this manager wants to own. */
  metadata: ApplyMetadata;
};

/**
 * What server-side apply takes for `T`: every field may be left out except the name and the keys of list items that merge by
 * key; without `status` and without the metadata that only the server sets.
 */
export type ApplyOf<T> = ApplyFields<T, "status">;

/** What server-side apply takes on a subresource such as status: as {@link ApplyOf}, with `status`. */
export type SubresourceApplyOf<T> = ApplyFields<T, never>;
