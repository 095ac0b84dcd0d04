import type { ResourceDescriptor, Verb } from "../types/descriptor.ts";

/** One resource of one group-version as the server discovers it; a full descriptor. */
export interface ApiResource extends ResourceDescriptor {
  readonly verbs: readonly Verb[];
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

/** One version of a group. */
export interface ApiVersion {
  readonly version: string;
  /** True when it could not be asked what it has, by the server or by us; `resources` may then be old or empty. */
  readonly stale: boolean;
  /** Why it could not be asked; the server of an aggregated discovery does not tell. */
  readonly error?: unknown;
  readonly resources: readonly ApiResource[];
}

/** One group; `versions[0]` is the preferred one. */
export interface ApiGroup {
  /** `""` for the core group. */
  readonly name: string;
  readonly versions: readonly ApiVersion[];
}
