import type { Clock } from "@kubewright/core";
import type { AccessRules } from "../access/access-rules.ts";
import { createHooks, type HookRegistry } from "../hooks/registry.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { Served } from "../knowledge/served.ts";
import type { ApiObject } from "../store/api-object.ts";
import { type Change, Collection } from "../store/collection.ts";
import type { ObjectStorage } from "../store/object-storage.ts";
import { createRevisions } from "../store/revisions.ts";
import type { ServerState } from "./server-state.ts";

/** What a state begins with. */
export interface StateParts {
  readonly served: Served;
  readonly clock: Clock;
  readonly access: AccessRules;
  /** What runs in pods. Default: nothing. */
  readonly hooks?: HookRegistry | undefined;
  /** Where its objects come from, and go to. */
  readonly storage?: ObjectStorage | undefined;
  /** The revision that it begins with, unless the storage has a later one. */
  readonly first?: number | undefined;
}

/** A state with the objects that its storage has. */
export function createState({
  served,
  clock,
  access,
  hooks = createHooks(clock),
  storage,
  first = 1,
}: StateParts): ServerState {
  const stored = storage?.load();
  const revisions = createRevisions(Math.max(first, stored?.revision ?? 0));
  const ending = new AbortController();
  const collections = new Map<string, Collection>();
  const watchers = new Set<(change: Change, store: string) => void>();
  const begin = (store: string, objects?: ReadonlyMap<string, ApiObject>): Collection => {
    const keep = ({ key, revision, after }: Change): void => storage?.write({ store, key, revision, object: after });
    const made = new Collection(revisions, { objects, keep });
    collections.set(store, made);
    made.watch((change) => {
      for (const watcher of watchers) watcher(change, store);
    });
    return made;
  };
  for (const [store, objects] of stored?.objects ?? []) begin(store, objects);
  return {
    clock,
    served,
    access,
    hooks,
    revisions,
    ended: ending.signal,
    end: () => ending.abort(),
    collections,
    collection({ store, plural }: ResourceInfo) {
      if (store === undefined) throw new Error(`${plural} are not kept`);
      return collections.get(store) ?? begin(store);
    },
    watchAll(watcher) {
      for (const [store, collection] of collections) {
        for (const [key, object] of collection.entries()) {
          const revision = Number(object.metadata.resourceVersion);
          watcher({ revision, key, before: undefined, after: object, last: object }, store);
        }
      }
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
