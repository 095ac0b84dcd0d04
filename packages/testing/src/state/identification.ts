import type { Identification } from "../access/authenticate.ts";
import { keyOf } from "../store/key.ts";
import { collectionOf } from "./collection-of.ts";
import type { ServerState } from "./server-state.ts";

/** What a state knows of who there is. */
export function identification(state: ServerState): Identification {
  return {
    rules: state.access,
    now: () => state.clock.wallNow(),
    exists: (plural, namespace, { name, uid }) =>
      collectionOf(state, "", plural).get(keyOf(namespace, name))?.metadata.uid === uid,
  };
}
