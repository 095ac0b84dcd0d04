import type { Outcome } from "../answers/outcome.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../serving/state.ts";
import { prefixOf } from "../store/key.ts";

/** A page of a collection, or all of it. */
export function list(call: Call, state: ServerState): Outcome {
  const page = state
    .collection(call.resource)
    .page({ prefix: prefixOf(call.namespace), limit: 0, matches: () => true });
  return {
    kind: "list",
    list: { objects: page.objects, resourceVersion: String(page.revision), continue: undefined, remaining: undefined },
  };
}
