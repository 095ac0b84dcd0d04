import type { ObjectMeta } from "../gen/meta-v1.ts";
import type { DeepReadonly } from "./deep-readonly.ts";
import type { served } from "./marks.ts";
import type { FieldName } from "./walk.ts";

/** Any API object, as far as every kind is alike. */
export interface KubernetesObject {
  /** Group and version, such as `apps/v1`; `v1` for the core group. */
  apiVersion?: string;
  /** The kind, such as `Deployment`. */
  kind?: string;
  /** Name, namespace, labels and what else every object has. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
  metadata?: ObjectMeta;
}

/**
 * What names an object of any kind: the object itself, also one that may not be changed or is not whole, or only its apiVersion, kind,
 * name and namespace.
 */
export interface NamedObject {
  /** Group and version, such as `apps/v1`; `v1` for the core group. */
  readonly apiVersion?: string;
  /** The kind, such as `Deployment`. */
  readonly kind?: string;
  /** The name, and the namespace. What else it has is not looked at. */
  readonly metadata?: { readonly [K in keyof ObjectMeta as FieldName<K>]: DeepReadonly<ObjectMeta[K]> };
}

// Where objects of the kind live; of a type that says no more than every object, nobody knows.
type ScopeOf<T> = typeof served extends keyof T
  ? T extends { readonly [served]?: { readonly scope: infer S } }
    ? S
    : never
  : string extends keyof T
    ? "Unknown"
    : keyof T extends keyof KubernetesObject
      ? "Unknown"
      : "Namespaced";

type Present<T> = typeof served extends keyof T
  ? T extends { readonly [served]?: { readonly present: infer P } }
    ? P
    : never
  : never;

// A kind itself, unless it names another type for what comes back; that one is assignable to it.
type Filled<T> = T extends { readonly [served]?: { readonly filled: infer F extends T } } ? F : T;

type MetadataOf<T> = T extends { metadata?: infer M } ? NonNullable<M> : ObjectMeta;

type FieldOf<T, K extends PropertyKey> = T extends { [P in K]?: infer V } ? NonNullable<V> : string;

/** `T` with the apiVersion and kind that it says it has. */
export type Identified<T> = T & { apiVersion: FieldOf<T, "apiVersion">; kind: FieldOf<T, "kind"> };

/**
 * `T` as the server returns it: `apiVersion`, `kind`, `metadata.name`, `uid`, `resourceVersion` and `creationTimestamp` are
 * there, `namespace` too for namespaced kinds, whatever else the server always sends of this kind (mostly `spec` and `status`), and
 * what the definition of a custom resource requires and fills in by a default.
 * A hand-written kind counts as namespaced unless it extends {@link ClusterObject}; {@link KubernetesObject} and DynamicObject stand for
 * kinds of both scopes, with a namespace or without.
 */
export type Stored<T> = Filled<T> & {
  apiVersion: FieldOf<T, "apiVersion">;
  kind: FieldOf<T, "kind">;
  metadata: MetadataOf<T> & {
    name: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
  } & ("Namespaced" extends ScopeOf<T> ? { namespace: string } : unknown);
} & { [K in Present<T> & keyof T]-?: NonNullable<T[K]> };

/** A list as the server returns it. Items get `apiVersion` and `kind` from the resource when the server left them out. */
export interface List<T> {
  /** Group and version of the list, such as `v1`. */
  apiVersion: string;
  /** The kind of the list, such as `PodList`. */
  kind: string;
  /** The list's resourceVersion, and where the next page begins. */
  metadata: ListMetadata;
  /** The objects of this page, in the server's order. */
  items: T[];
}

/** What a list says of itself. */
export interface ListMetadata {
  /** The version of the whole list; a watch may start here. */
  resourceVersion: string;
  /** Token for the next page; absent or `""` on the last one. */
  continue?: string;
  /** How many items follow this page; absent when the server does not know, as with selectors. */
  remainingItemCount?: number;
  /** Deprecated by Kubernetes; servers since 1.20 leave it out. */
  selfLink?: string;
}
