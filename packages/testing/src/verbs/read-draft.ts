import type { Draft } from "../objects/draft.ts";
import { readObject } from "../request/read-body.ts";
import type { WriteCall } from "./write-call.ts";

/** The object of a body as its type prints it, with defaults. @throws Refusal */
export function readDraft(write: WriteCall): Draft {
  const { resource, subresource, request } = write.call;
  return draftFrom(readObject(request, subresource ?? resource), write);
}

/** Likewise of what a patch came to. */
export function draftFrom(object: unknown, _write: WriteCall): Draft {
  const draft = object as Draft;
  draft.metadata ??= {};
  return draft;
}
