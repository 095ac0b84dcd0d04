/** A verb of the API, as discovery names it. */
export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection" | "connect";

/** A subresource, as discovery names it. Its kind is the resource's own (`status`) or another (`scale`, `eviction`). */
export interface SubresourceDescriptor {
  /** The group of its kind; `""` for the core group. */
  readonly group: string;
  /** The version of its kind. */
  readonly version: string;
  /** The kind that is sent and returned. */
  readonly kind: string;
  /** What can be done with it. */
  readonly verbs: readonly Verb[];
}

/** What makes a resource: enough to build each of its paths and bodies. Plain data. */
export interface ResourceDescriptor {
  /** `""` for the core group. */
  readonly group: string;
  /** The version, such as `v1`. */
  readonly version: string;
  /** The plural, as in paths. */
  readonly plural: string;
  /** The kind of its objects, such as `Deployment`. */
  readonly kind: string;
  /** Whether its objects live in namespaces. */
  readonly namespaced: boolean;
  /** What the resource can do. Left out in a hand-written descriptor: every verb. */
  readonly verbs?: readonly Verb[];
  /** The singular, as kubectl takes it: `deployment`. */
  readonly singular?: string;
  /** Short names, as kubectl takes them: `deploy`. */
  readonly shortNames?: readonly string[];
  /** Groups of resources that it belongs to, as in `kubectl get all`. */
  readonly categories?: readonly string[];
  /** By path segment: `status`, `scale`, … */
  readonly subresources?: { readonly [segment: string]: SubresourceDescriptor };
}

/** Type-level key: the client interface that a descriptor or group stands for. No value has it. */
export declare const client: unique symbol;

/** A descriptor that knows its client's type `C`, which `cluster.resource()` then returns. */
export interface Resource<C> extends ResourceDescriptor {
  readonly [client]?: C;
}

/** A group-version as data: its resources by the names of the client `C`, which `cluster.api()` returns. */
export interface Group<C> {
  /** The group's name; `""` for the core group. */
  readonly group: string;
  /** The version, such as `v1`. */
  readonly version: string;
  /** The descriptors, under the names that the client of the group uses. */
  readonly resources: { readonly [K in keyof C]: Resource<C[K]> };
}
