import { apiVersionOf } from "../knowledge/api-version.ts";
import { typeOf } from "../knowledge/types.ts";
import { applyDefaults } from "../objects/defaults.ts";
import type { Draft } from "../objects/draft.ts";
import type { Call } from "../request/call.ts";
import { readObject } from "./read-object.ts";
import type { ServerState } from "../state/server-state.ts";
import { shapedAsSent } from "./read-draft.ts";
import { placeInNamespace, writeCall } from "./write-call.ts";

/** What was sent to be answered, with defaults, in the call's namespace. @throws Refusal */
export function readReview(call: Call, state: ServerState): Draft {
  const write = writeCall(call, state);
  const target = call.subresource ?? call.resource;
  const { kind } = target;
  const apiVersion = apiVersionOf(target);
  const draft = { ...shapedAsSent(readObject(call.request, target), write), apiVersion, kind } as unknown as Draft;
  const type = typeOf(apiVersion, kind);
  if (type !== undefined) applyDefaults(type, draft);
  placeInNamespace(draft, write);
  return draft;
}
