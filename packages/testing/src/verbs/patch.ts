import type { Outcome } from "./outcome.ts";
import { notFound } from "../exchange/refusal.ts";
import { inServedVersion } from "../objects/versions.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { patchOf } from "./patched.ts";
import { draftFrom } from "./read-draft.ts";
import { updateFrom } from "./update.ts";
import { checkName, keyIn, placeInNamespace, writeCall } from "./write-call.ts";

/** A change to what is there. */
export function patch(call: Call, state: ServerState): Outcome {
  const patched = patchOf(call);
  const write = writeCall(call, state);
  const old = write.collection.get(keyIn(write));
  if (old === undefined) throw notFound(write.resource, call.name ?? "");
  const { json, as } = patched(inServedVersion(old, call.resource));
  const draft = draftFrom(json, write, as);
  placeInNamespace(draft, write);
  checkName(draft, write);
  return { kind: "object", status: 200, object: updateFrom(draft, old, write) };
}
