import type { User } from "../access/user.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { requestHeaders } from "../exchange/request-headers.ts";
import type { Call } from "../request/call.ts";
import { jsonOf } from "../request/json-text.ts";
import type { ServerState } from "../state/server-state.ts";
import type { ApiObject } from "../store/api-object.ts";
import { createFrom } from "./create.ts";
import { draftFrom } from "./read-draft.ts";
import { writeCall, type WriteCall } from "./write-call.ts";

/** Where the server writes: a resource, and a namespace where it has one. */
export interface Place {
  readonly group: string;
  readonly plural: string;
  readonly namespace?: string | undefined;
}

const server: User = { name: "system:apiserver", groups: ["system:masters", "system:authenticated"] };

const noRequest: ServerRequest = {
  method: "POST",
  path: "",
  query: "",
  headers: requestHeaders({}),
  body: new Uint8Array(),
  signal: new AbortController().signal,
};

/** A write that the server makes itself, in the version that it prefers. */
export function writeByServer(verb: Call["verb"], { group, plural, namespace }: Place, state: ServerState): WriteCall {
  const resource = state.served.preferred(group, plural);
  if (resource === undefined) throw new Error(`no ${plural} are served`);
  const nothing = { name: undefined, subresource: undefined, query: new URLSearchParams(), warn: () => undefined };
  return writeCall({ ...nothing, verb, resource, namespace, user: server, request: noRequest }, state);
}

/** Creates an object as its users would: it is completed and checked. @throws Refusal */
export function createByServer(object: object, place: Place, state: ServerState): ApiObject {
  const write = writeByServer("create", place, state);
  return createFrom(draftFrom(jsonOf(object), write), write);
}
