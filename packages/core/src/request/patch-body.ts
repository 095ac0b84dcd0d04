import { encodeJson } from "../codec/json/encode-json.ts";
import { InputError } from "../errors/input-error.ts";
import { plainObject } from "../input/plain-object.ts";
import type { KubernetesObject } from "../types/object.ts";
import { checkMicroTimeOperations, checkMicroTimes } from "./micro-times.ts";
import { agree, type BodyTarget, metadataOf } from "./object-body.ts";

const mediaTypes = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
} as const;

/** A patch as sent. */
export interface PatchContent {
  readonly contentType: string;
  readonly body: string;
  /** True when it applies to one resourceVersion only: a second sending then does nothing. */
  readonly bound: boolean;
}

/** A patch as content type and body. Exactly one of its forms must be there. */
export function patchBody(patch: unknown, target: BodyTarget): PatchContent {
  const given = Object.entries(plainObject(patch, "patch")).filter(([, value]) => value !== undefined);
  const [first] = given;
  if (given.length !== 1 || first === undefined || !Object.hasOwn(mediaTypes, first[0])) {
    throw new InputError("patch", "it must hold exactly one of merge, strategic and json");
  }
  const [form, content] = first as [keyof typeof mediaTypes, unknown];
  let bound = false;
  if (form === "json") {
    if (!Array.isArray(content)) throw new InputError("patch.json", "it must be a list of operations");
    checkMicroTimeOperations(content, target);
  } else {
    const object = plainObject(content, `patch.${form}`) as KubernetesObject;
    const metadata = metadataOf(object);
    agree("apiVersion", object.apiVersion, target.apiVersion);
    agree("kind", object.kind, target.kind);
    agree("metadata.namespace", metadata?.namespace, target.namespace);
    agree("metadata.name", metadata?.name, target.name);
    checkMicroTimes(object, target, `patch.${form}`);
    bound = Boolean(metadata?.resourceVersion);
  }
  return { contentType: mediaTypes[form], body: encodeJson(content, `patch.${form}`), bound };
}
