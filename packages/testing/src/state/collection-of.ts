import type { Collection } from "../store/collection.ts";
import type { ServerState } from "./server-state.ts";

/** The objects of a resource that every server has, by its group and plural. */
export function collectionOf(state: ServerState, group: string, plural: string): Collection {
  const resource = state.served.preferred(group, plural);
  if (resource === undefined) throw new Error(`no ${plural} are served`);
  return state.collection(resource);
}
