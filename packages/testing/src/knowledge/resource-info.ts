/** A resource as one group-version serves it. */
export interface ResourceInfo {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  /** Undefined for what cannot be listed, such as token reviews. */
  readonly listKind: string | undefined;
  readonly namespaced: boolean;
  /** As discovery lists them. */
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** A default server serves it; otherwise only one with all APIs does. */
  readonly byDefault: boolean;
  /** Resources with the same text keep the same objects. Undefined for what keeps nothing. */
  readonly store: string | undefined;
  /** The apiVersion in which objects are kept. */
  readonly keptAs: string | undefined;
  readonly storageVersionHash: string;
  /** A PUT of an object that is not there creates it. */
  readonly createOnUpdate: boolean;
  /** A PUT without metadata.resourceVersion overwrites. */
  readonly unconditionalUpdate: boolean;
  readonly gracefulDeletion: boolean;
  /** What a DELETE without propagationPolicy does with dependents; undefined: garbage collection is not for it. */
  readonly dependents: "background" | "orphan" | undefined;
  /** DELETE answers with the object that was there, not with a Status. */
  readonly returnsDeleted: boolean;
  /** Paths that creating throws away, and that an update takes from the object before. */
  readonly clearedOnCreate: readonly string[];
  readonly keptOnUpdate: readonly string[];
  /** metadata.generation is 1 after creating and grows when one of these changes; empty: it has none. */
  readonly generationOf: readonly string[];
  readonly resetFields: readonly string[];
  readonly columns: readonly Column[];
  /** Field selectors: label to path. */
  readonly selectable: Readonly<Record<string, string>>;
  readonly subresources: readonly SubresourceInfo[];
}

/** What hangs below a resource's name. */
export interface SubresourceInfo {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly unconditionalUpdate: boolean;
  readonly clearedOnCreate: readonly string[];
  readonly keptOnUpdate: readonly string[];
  readonly generationOf: readonly string[];
  readonly resetFields: readonly string[];
}

/** A column of a Table. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly priority: number;
  readonly description: string;
}
