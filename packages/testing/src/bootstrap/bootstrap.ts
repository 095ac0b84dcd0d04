import { collectionOf } from "../state/collection-of.ts";
import type { ServerState } from "../state/server-state.ts";
import { keyOf } from "../store/key.ts";
import { createByServer, type Place } from "../verbs/write-by-server.ts";
import { bootstrapObjects } from "./objects.ts";

/** Gives a new server the objects that every cluster has; one that keeps them from before, those that it misses. */
export function bootstrap(state: ServerState): void {
  for (const [place, object] of bootstrapObjects)
    if (!isThere(place, object.metadata.name, state)) createByServer(object, place, state);
}

function isThere({ group, plural, namespace }: Place, name: string, state: ServerState): boolean {
  return collectionOf(state, group, plural).get(keyOf(namespace, name)) !== undefined;
}
