/** A resource as one group-version serves it. */
export interface ResourceInfo {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  /** Missing for what cannot be listed, such as token reviews. */
  readonly listKind?: string;
  readonly namespaced: boolean;
  /** As discovery lists them. */
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** A default server serves it; otherwise only one with all APIs does. */
  readonly byDefault: boolean;
  /** Resources with the same text keep the same objects. Missing for what keeps nothing. */
  readonly store?: string;
  /** The apiVersion in which objects are kept, one that every server with the resource serves. */
  readonly keptAs?: string;
  /** As classic discovery shows it; empty where it shows none. */
  readonly storageVersionHash: string;
  /** A PUT of an object that is not there creates it. */
  readonly createOnUpdate: boolean;
  /** A PUT without metadata.resourceVersion overwrites. */
  readonly unconditionalUpdate: boolean;
  readonly gracefulDeletion: boolean;
  /** What a DELETE without propagationPolicy does with dependents; missing: garbage collection is not for it. */
  readonly dependents?: "background" | "orphan";
  /** DELETE answers with the object that was there, not with a Status. */
  readonly returnsDeleted: boolean;
  /** The rule for names. Every name is a path segment; `own`: the resource has a rule that is written by hand. */
  readonly names: "pathSegment" | "subdomain" | "label" | "configKey" | "ipAddress" | "own";
  /** Top-level fields of which creating throws away what was sent. */
  readonly clearedOnCreate: readonly string[];
  /** What preparing an object without them sets; the text `now` stands for the time. */
  readonly createdWith: Readonly<Record<string, unknown>>;
  /** Paths that an update takes from the object before. */
  readonly keptOnUpdate: readonly string[];
  /** metadata.generation is 1 after creating; otherwise it is what was sent, usually nothing. */
  readonly startsGeneration: boolean;
  /** metadata.generation grows by one when one of these changes. */
  readonly generationOf: readonly string[];
  /** What no manager comes to own by a request here (server-side apply). */
  readonly resetFields: readonly string[];
  /** Missing for what has no Table. */
  readonly columns?: readonly Column[];
  /** Field selectors, by label. */
  readonly selectable: Readonly<Record<string, Selectable>>;
  readonly subresources: readonly SubresourceInfo[];
}

/** What a label of a field selector stands for. */
export interface Selectable {
  /** Paths in an object of this version: the first with a value other than zero counts. */
  readonly paths: readonly string[];
  /** What an object without any is compared as: `""`, `"0"`, `"false"`. */
  readonly empty: string;
}

/** What hangs below a resource's name. */
export interface SubresourceInfo {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly unconditionalUpdate: boolean;
  readonly keptOnUpdate: readonly string[];
  readonly generationOf: readonly string[];
  readonly resetFields: readonly string[];
  /** Missing for what has no Table. */
  readonly columns?: readonly Column[];
}

/** A column of a Table. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly priority: number;
  readonly description: string;
}
