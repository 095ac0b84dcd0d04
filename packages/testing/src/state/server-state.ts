import type { Clock } from "@kubewright/core";
import type { AccessRules } from "../access/access-rules.ts";
import type { HookRegistry } from "../hooks/registry.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { Served } from "../knowledge/served.ts";
import type { Change, Collection } from "../store/collection.ts";
import type { Revisions } from "../store/revisions.ts";

/** All that a server has: what verbs, controllers and faults work on. */
export interface ServerState {
  readonly clock: Clock;
  readonly served: Served;
  readonly access: AccessRules;
  /** What runs in pods. */
  readonly hooks: HookRegistry;
  readonly revisions: Revisions;
  /** Aborts when the server ends or begins anew, which ends every watch. */
  readonly ended: AbortSignal;
  end(): void;
  /** The objects of a resource, in whichever version it is asked for. */
  collection(resource: ResourceInfo): Collection;
  /** All there are so far, by the store of their resources. */
  readonly collections: ReadonlyMap<string, Collection>;
  /**
   * Hears of every object that there is, as if it were made now, and from then on of every change of every collection, told by its
   * store, within the write itself; gives what ends that.
   */
  watchAll(watcher: (change: Change, store: string) => void): () => void;
}
