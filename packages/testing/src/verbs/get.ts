import type { Outcome } from "./outcome.ts";
import { notFound } from "../exchange/refusal.ts";
import type { Call } from "../request/call.ts";
import { readVersion } from "../request/resource-version.ts";
import type { ServerState } from "../state/server-state.ts";
import { keyOf } from "../store/key.ts";
import { reached } from "./reached.ts";

/** One object, no older than the version that is asked for. */
export async function get(call: Call, state: ServerState): Promise<Outcome> {
  const { resource, namespace, name = "" } = call;
  await reached(readVersion(call.query.get("resourceVersion") ?? ""), state);
  const object = state.collection(resource).get(keyOf(namespace, name));
  if (object === undefined) throw notFound({ group: resource.group, name: resource.plural }, name);
  return { kind: "object", status: 200, object };
}
