import type { ObjectMeta } from "../gen/meta-v1.ts";
import type { mapKeys, served } from "./marks.ts";

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

/** Metadata of an applied object: a name, and what the manager wants to own. With a uid it would be a fetched object. */
export type ApplyMetadata = Omit<ObjectMeta, ServerMetadata | "name"> & { name: string; uid?: undefined };

type KeysOf<V> = typeof mapKeys extends keyof V ? NonNullable<V[typeof mapKeys]> & keyof V : never;

type ApplyValue<V> = V extends readonly (infer I)[]
  ? ApplyValue<I>[]
  : V extends object
    ? string extends keyof V
      ? { [key: string]: ApplyValue<V[keyof V]> }
      : { [K in Exclude<keyof V, typeof mapKeys | typeof served | KeysOf<V>>]?: ApplyValue<V[K]> } & {
          [K in KeysOf<V>]-?: V[K];
        }
    : V;

type ApplyFields<T, Left extends PropertyKey> = {
  [K in Exclude<keyof T, "apiVersion" | "kind" | "metadata" | typeof served | typeof mapKeys | Left>]?: ApplyValue<
    T[K]
  >;
} & {
  apiVersion?: T extends { apiVersion?: infer V } ? V : string;
  kind?: T extends { kind?: infer V } ? V : string;
  metadata: ApplyMetadata;
};

/**
 * What server-side apply takes for `T`: every field may be left out except the name and the keys of list items that merge by
 * key; without `status` and without the metadata that only the server sets.
 */
export type ApplyOf<T> = ApplyFields<T, "status">;

/** What server-side apply takes on a subresource such as status: as {@link ApplyOf}, with `status`. */
export type SubresourceApplyOf<T> = ApplyFields<T, never>;
