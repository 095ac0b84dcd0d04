import type { Outcome } from "./outcome.ts";
import { notFound, unsupportedMediaType } from "../exchange/refusal.ts";
import { applyJsonPatch } from "../objects/json-patch.ts";
import { draftOf } from "../objects/draft.ts";
import { mergePatched } from "../objects/merge-patch.ts";
import { inServedVersion } from "../objects/versions.ts";
import { bodyType } from "../request/read-body.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { readPatch } from "../request/read-patch.ts";
import { draftFrom } from "./read-draft.ts";
import { updateFrom } from "./update.ts";
import { keyIn, writeCall } from "./write-call.ts";

const jsonPatch = "application/json-patch+json";
const mergePatch = "application/merge-patch+json";

/** A change to what is there. */
export function patch(call: Call, state: ServerState): Outcome {
  const write = writeCall(call, state);
  const type = bodyType(call.request);
  if (type !== jsonPatch && type !== mergePatch) throw unsupportedMediaType([jsonPatch, mergePatch]);
  const old = write.collection.get(keyIn(write));
  if (old === undefined) throw notFound(write.resource, call.name ?? "");
  const given = readPatch(call.request, type === jsonPatch);
  const served = draftOf(inServedVersion(old, call.resource));
  const patched = type === jsonPatch ? applyJsonPatch(served, given) : mergePatched(served, given);
  return { kind: "object", status: 200, object: updateFrom(draftFrom(patched, write), old, write) };
}
