import { invalidPatch, type Refusal, unsupportedMediaType, unsupportedPatchType } from "../exchange/refusal.ts";
import { draftOf } from "../objects/draft.ts";
import { applyJsonPatch } from "../objects/json-patch.ts";
import { mergePatched } from "../objects/merge-patch.ts";
import type { Call } from "../request/call.ts";
import type { JsonText } from "../request/json-text.ts";
import { bodyText, bodyType } from "../request/read-body.ts";
import { foundKind } from "../request/read-kind.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { ReadAs } from "./read-draft.ts";
import { patchTypes, readPatch } from "./read-patch.ts";

/** What a patch made of an object, and how it is to be read. */
export interface Patched {
  readonly json: JsonText;
  readonly as: ReadAs;
}

/** Carries out the call's patch; the given object stays as it is. @throws Refusal for a patch that has no known form, and when it cannot be */
export function patchOf(call: Call): (object: ApiObject) => Patched {
  const type = bodyType(call.request);
  const form = patchTypes[type];
  if (form === undefined) throw unsupportedPatch(type);
  return (object) => {
    const { value: given, strict } = readPatch(bodyText(call.request), form);
    const target = draftOf(object);
    const value = form.is === "list" ? applyJsonPatch(target, given as readonly object[]) : mergePatched(target, given);
    const text = goJson(value);
    const { problem } = foundKind(value, call.subresource ?? call.resource);
    if (problem !== undefined) throw invalidPatch(text, problem);
    const refusal = (why: string): Refusal => invalidPatch(text, why);
    return { json: { text, value, hidesSomething: false }, as: { strict, refusal } };
  };
}

/** Those that the real server takes too. */
const laterTypes: readonly string[] = ["application/strategic-merge-patch+json", "application/apply-patch+yaml"];

function unsupportedPatch(type: string): Refusal {
  return laterTypes.includes(type) ? unsupportedMediaType(Object.keys(patchTypes)) : unsupportedPatchType();
}

/** JSON as Go prints it, which keeps out what HTML could take for its own. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
