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
import type { ApiObject } from "../store/api-object.ts";
import { draftFrom } from "./read-draft.ts";
import { updateFrom } from "./update.ts";
import { keyIn, writeCall } from "./write-call.ts";

const jsonPatch = "application/json-patch+json";
const mergePatch = "application/merge-patch+json";

/** A change to what is there. */
export function patch(call: Call, state: ServerState): Outcome {
  const write = writeCall(call, state);
  const patched = patchOf(call);
  const old = write.collection.get(keyIn(write));
  if (old === undefined) throw notFound(write.resource, call.name ?? "");
  const given = patched(inServedVersion(old, call.resource));
  return { kind: "object", status: 200, object: updateFrom(draftFrom(given, write), old, write) };
}

/** What the call's patch makes of an object, which stays as it is. @throws Refusal for a kind of patch that is not carried out, and when it cannot be */
export function patchOf({ request }: Call): (object: ApiObject) => unknown {
  const type = bodyType(request);
  if (type !== jsonPatch && type !== mergePatch) throw unsupportedMediaType([jsonPatch, mergePatch]);
  return (object) => {
    const given = readPatch(request, type === jsonPatch);
    return type === jsonPatch ? applyJsonPatch(draftOf(object), given) : mergePatched(draftOf(object), given);
  };
}
