import type { ResourceDescriptor, Verb } from "../types/descriptor.ts";

/** One resource of one group-version as the server discovers it; a full descriptor. */
export interface ApiResource extends ResourceDescriptor {
  /** What can be done with it. */
  readonly verbs: readonly Verb[];
  /** The singular, as kubectl takes it. */
  readonly singular: string;
  /** Short names, as kubectl takes them; empty for none. */
  readonly shortNames: readonly string[];
  /** Groups of resources that it belongs to, as in `kubectl get all`; empty for none. */
  readonly categories: readonly string[];
}

/** One version of a group. */
export interface ApiVersion {
  /** Such as `v1`. */
  readonly version: string;
  /** True when it could not be asked what it has, by the server or by us; `resources` may then be old or empty. */
  readonly stale: boolean;
  /** Why it could not be asked; the server of an aggregated discovery does not tell. */
  readonly error?: unknown;
  /** What it serves. */
  readonly resources: readonly ApiResource[];
}

/** One group; `versions[0]` is the preferred one. */
export interface ApiGroup {
  /** `""` for the core group. */
  readonly name: string;
  /** Its versions, the preferred one first. */
  readonly versions: readonly ApiVersion[];
}
