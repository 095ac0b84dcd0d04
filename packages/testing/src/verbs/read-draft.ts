import type { Refusal } from "../exchange/refusal.ts";
import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ObjectType } from "../knowledge/object-type.ts";
import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import { typeOf } from "../knowledge/types.ts";
import { decodingProblems } from "../objects/decoding-problems.ts";
import { applyDefaults } from "../objects/defaults.ts";
import type { Draft } from "../objects/draft.ts";
import { shaped, ShapeError } from "../objects/shape.ts";
import { inKeptVersion, keptTypeOf } from "../objects/versions.ts";
import { readNode } from "../request/json-node.ts";
import type { JsonText } from "../request/json-text.ts";
import { readObject, unreadable } from "./read-object.ts";
import type { WriteCall } from "./write-call.ts";

/** The object of a body as its type prints it, with defaults, in the version in which it is kept. @throws Refusal */
export function readDraft(write: WriteCall): Draft {
  return draftFrom(readObject(write.call.request, targetOf(write)), write);
}

/** How an object came to be that is read, where no body holds it. */
export interface ReadAs {
  /** What strict decoding said before. */
  readonly strict: readonly string[];
  readonly refusal: (why: string) => Refusal;
}

/** Likewise of what a patch came to. @throws Refusal for a value of the wrong type, and for unknown fields where the call is strict */
export function draftFrom(json: JsonText, write: WriteCall, as?: ReadAs): Draft {
  const { resource } = write.call;
  return { ...inKeptVersion(shapedAsSent(json, write, as), resource), kind: resource.kind } as unknown as Draft;
}

/** What was sent as the type of the call's kind prints it: that of the subresource, where there is one. @throws Refusal */
export function shapedAsSent(json: JsonText, write: WriteCall, as?: ReadAs): Record<string, unknown> {
  const target = targetOf(write);
  const refusal =
    as?.refusal ?? ((why: string) => unreadable({ apiVersion: apiVersionOf(target), kind: target.kind }, target, why));
  const type = typeOfKind(target);
  const findings = { unknown: false };
  let made: Record<string, unknown> | undefined;
  try {
    made = shaped(type, json.value, findings);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
  }
  const strict = [...(as?.strict ?? [])];
  if (made === undefined || findings.unknown || json.hidesSomething) {
    const problems = decodingProblems(type, readNode(json.text));
    if (problems.error !== undefined) throw refusal(problems.error);
    strict.push(...problems.strict);
  }
  // Go reads what these two do not agree about, such as bytes written as a list of numbers.
  if (made === undefined) throw refusal(`${type.name} cannot be read`);
  checkStrictly(strict, write, refusal);
  return made;
}

function checkStrictly(strict: readonly string[], { options, context }: WriteCall, refusal: ReadAs["refusal"]): void {
  if (strict.length === 0) return;
  if (options.fieldValidation === "Strict") throw refusal(`strict decoding error: ${strict.join(", ")}`);
  if (options.fieldValidation === "Warn") for (const text of strict) context.warn(text);
}

function targetOf({ call }: WriteCall): ResourceInfo | SubresourceInfo {
  return call.subresource ?? call.resource;
}

/** A draft with all that its type prints and its defaults once more, after fields were taken away: so the real server reads what it stored. */
export function completed(draft: Draft, { call: { resource } }: WriteCall): Draft {
  const type = keptTypeOf(resource);
  const made = shaped(type, draft);
  applyDefaults(type, made);
  return made as unknown as Draft;
}

/** The type of what is served, which always has one. */
function typeOfKind(served: ResourceInfo | SubresourceInfo): ObjectType {
  const type = typeOf(apiVersionOf(served), served.kind);
  if (type === undefined) throw new Error(`${served.kind} has no type`);
  return type;
}
