import type { GroupVersionKind, JsonSchema } from "../load/openapi.ts";
import type { Connection } from "./connections.ts";

// The neutral model between what an API says and what is written.

/** A verb of the API, as discovery names it. */
export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection";

/** Which patches the API takes. */
export interface PatchKinds {
  readonly strategic: boolean;
  readonly apply: boolean;
}

export interface Subresource {
  /** The path segment: `status`, `scale`. */
  readonly name: string;
  readonly kind: GroupVersionKind;
  readonly verbs: readonly Verb[];
  readonly patches: PatchKinds;
  /** What clients have for a connect-style one, such as exec, whose kind holds the options of it and has no schema. Undefined for objects. */
  readonly connection: Connection | undefined;
}

export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** In the group client: `configMaps`. */
  readonly name: string;
  /** Its client's interface: `ConfigMapResource`. */
  readonly clientName: string;
  readonly kind: GroupVersionKind;
  readonly namespaced: boolean;
  readonly verbs: readonly Verb[];
  readonly patches: PatchKinds;
  readonly singular: string | undefined;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Why it should not be used any more; undefined where it may. */
  readonly deprecated: string | undefined;
  /** Those that the client offers; of the connect-style ones only those that clients have a method for. */
  readonly subresources: readonly Subresource[];
}

export interface GroupVersion {
  readonly group: string;
  readonly version: string;
  /** The group client's name: `AppsV1`. */
  readonly name: string;
  /** Where it is written: `apps/v1`. */
  readonly module: string;
  readonly resources: readonly Resource[];
}

export interface Schema {
  /** The name in the API's documents: `io.k8s.api.apps.v1.Deployment`. */
  readonly fullName: string;
  /** The name of the interface: `Deployment`. */
  readonly typeName: string;
  /** The one module that owns it: `apps/v1`. */
  readonly module: string;
  /** Ready for openapi-typescript, see prepare-schemas.ts. */
  readonly json: JsonSchema;
  /** Set for kinds that resources serve. */
  readonly served: { readonly scope: "Namespaced" | "Cluster"; readonly present: readonly string[] } | undefined;
  /** Why the kind should not be used any more; undefined where it may. */
  readonly deprecated: string | undefined;
  /** True where there is a second interface, for what the server returns: see filled.ts. */
  readonly filled: boolean;
  /** The keys that server-side apply needs in each item, where this is the item of a list that merges by key. */
  readonly mapKeys: readonly string[];
}

export interface Model {
  readonly groupVersions: readonly GroupVersion[];
  /** By full name. */
  readonly schemas: ReadonlyMap<string, Schema>;
  /** The schema of each kind. */
  schemaOf(kind: GroupVersionKind): Schema;
}
