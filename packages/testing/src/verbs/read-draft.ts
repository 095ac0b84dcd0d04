import { badRequest } from "../exchange/refusal.ts";
import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ObjectType } from "../knowledge/object-type.ts";
import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import { typeOf } from "../knowledge/types.ts";
import { applyDefaults } from "../objects/defaults.ts";
import type { Draft } from "../objects/draft.ts";
import { shaped, ShapeError } from "../objects/shape.ts";
import { inKeptVersion, keptTypeOf } from "../objects/versions.ts";
import { readObject } from "../request/read-body.ts";
import type { WriteCall } from "./write-call.ts";

/** The object of a body as its type prints it, with defaults, in the version in which it is kept. @throws Refusal */
export function readDraft(write: WriteCall): Draft {
  const { resource, subresource, request } = write.call;
  return draftFrom(readObject(request, subresource ?? resource), write);
}

/** Likewise of what a patch came to. @throws Refusal for a value of the wrong type, and for unknown fields where the call is strict */
export function draftFrom(object: unknown, write: WriteCall): Draft {
  const { resource } = write.call;
  return { ...inKeptVersion(shapedAsSent(object, write), resource), kind: resource.kind } as unknown as Draft;
}

/** What was sent as the type of the call's kind prints it: that of the subresource, where there is one. @throws Refusal */
export function shapedAsSent(object: unknown, { call, context }: WriteCall): Record<string, unknown> {
  const target = call.subresource ?? call.resource;
  const unreadable = (why: string): Error =>
    badRequest(
      `${target.kind} in version ${JSON.stringify(target.version)} cannot be handled as a ${target.kind}: ${why}`,
    );
  const unknown: string[] = [];
  let made: Record<string, unknown>;
  try {
    made = shaped(typeOfKind(target), object, { unknown });
  } catch (error) {
    throw error instanceof ShapeError ? unreadable(error.message) : error;
  }
  switch (call.query.get("fieldValidation") ?? "Warn") {
    case "Strict":
      if (unknown.length > 0) throw unreadable(`strict decoding error: ${unknown.join(", ")}`);
      break;
    case "Warn":
      for (const text of unknown) context.warn(text);
      break;
    default:
  }
  return made;
}

/** A draft with all that its type prints and its defaults once more, after fields were taken away: so the real server reads what it stored. */
export function completed(draft: Draft, { call: { resource } }: WriteCall): Draft {
  const type = keptTypeOf(resource);
  const made = shaped(type, draft, { unknown: [] });
  applyDefaults(type, made);
  return made as unknown as Draft;
}

/** The type of what is served, which always has one. */
function typeOfKind(served: ResourceInfo | SubresourceInfo): ObjectType {
  const type = typeOf(apiVersionOf(served), served.kind);
  if (type === undefined) throw new Error(`${served.kind} has no type`);
  return type;
}
