import type { Clock } from "@kubewright/core";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { Served } from "../knowledge/served.ts";
import { type Change, Collection } from "../store/collection.ts";
import { createRevisions } from "../store/revisions.ts";
import type { ServerState } from "./server-state.ts";

/** A state without objects. `first`: the revision that it begins with. */
export function createState(served: Served, clock: Clock, first?: number): ServerState {
  const revisions = createRevisions(first);
  const ending = new AbortController();
  const collections = new Map<string, Collection>();
  const watchers = new Set<(change: Change, collection: Collection) => void>();
  return {
    clock,
    served,
    revisions,
    ended: ending.signal,
    end: () => ending.abort(),
    collection({ store: key, plural }: ResourceInfo) {
      if (key === undefined) throw new Error(`${plural} are not kept`);
      const known = collections.get(key);
      if (known !== undefined) return known;
      const made = new Collection(revisions);
      collections.set(key, made);
      made.watch((change) => {
        for (const watcher of watchers) watcher(change, made);
      });
      return made;
    },
    watchAll(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
