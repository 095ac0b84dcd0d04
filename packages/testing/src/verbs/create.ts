import type { Outcome } from "../answers/outcome.ts";
import { alreadyExists, badRequest } from "../answers/refusal.ts";
import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ApiObject } from "../objects/api-object.ts";
import type { Draft } from "../objects/strategy.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../serving/state.ts";
import { keyOf } from "../store/key.ts";

/** A new object. */
export function create(call: Call, state: ServerState): Outcome {
  const { resource, namespace } = call;
  const collection = state.collection(resource);
  let draft: Draft;
  try {
    draft = JSON.parse(new TextDecoder().decode(call.request.body)) as Draft;
  } catch (error) {
    throw badRequest(String(error));
  }
  const { name = "" } = draft.metadata;
  const key = keyOf(namespace, name);
  if (collection.get(key) !== undefined) throw alreadyExists({ group: resource.group, name: resource.plural }, name);
  const object = collection.set(key, {
    ...draft,
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      ...draft.metadata,
      ...(namespace === undefined ? {} : { namespace }),
      uid: crypto.randomUUID(),
      creationTimestamp: `${new Date(state.clock.wallNow()).toISOString().slice(0, 19)}Z`,
    },
  } as unknown as ApiObject);
  return { kind: "object", status: 201, object };
}
