import type { Outcome } from "./outcome.ts";
import { notFound } from "../exchange/refusal.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { keyOf } from "../store/key.ts";

/** One object. */
export function get(call: Call, state: ServerState): Outcome {
  const { resource, namespace, name = "" } = call;
  const object = state.collection(resource).get(keyOf(namespace, name));
  if (object === undefined) throw notFound({ group: resource.group, name: resource.plural }, name);
  return { kind: "object", status: 200, object };
}
