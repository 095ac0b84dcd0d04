import { badRequest } from "../exchange/refusal.ts";
import type { ServerRequest } from "../exchange/exchange.ts";

/** A patch as JSON: a list of operations, or an object to merge. @throws Refusal */
export function readPatch(request: ServerRequest, isList: boolean): unknown {
  let patch: unknown;
  try {
    patch = JSON.parse(new TextDecoder().decode(request.body));
  } catch (error) {
    throw badRequest(`error decoding patch: ${String(error)}`);
  }
  if (isList !== Array.isArray(patch)) throw badRequest("error decoding patch: json: cannot unmarshal");
  return patch;
}
