import type { Clock } from "@kubewright/core";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { Served } from "../knowledge/served.ts";
import type { Collection } from "../store/collection.ts";
import type { Revisions } from "../store/revisions.ts";

/** All that a server has: what verbs, controllers and faults work on. */
export interface ServerState {
  readonly clock: Clock;
  readonly served: Served;
  readonly revisions: Revisions;
  /** The objects of a resource, in whichever version it is asked for. */
  collection(resource: ResourceInfo): Collection;
}
