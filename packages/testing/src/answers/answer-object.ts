import type { ServerAnswer, ServerRequest } from "../exchange/exchange.ts";
import type { HeaderLists } from "@kubewright/core";
import { jsonType } from "../exchange/media-type.ts";
import { Refusal } from "../exchange/refusal.ts";
import type { AnswerEncoding, Encodable } from "./encoding.ts";
import { prettyBytes } from "./json.ts";
import { negotiate } from "./negotiate.ts";

/** An answer that is no object of a resource: a Status, or a document. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers?: HeaderLists;
  readonly object: Encodable;
}

/**
 * Writes it as the request accepts it; it has no shape but its own. What cannot be written so is JSON for people: a failure as it is, and
 * else the Status of 406 (k8s.io/apiserver pkg/endpoints/handlers/responsewriters, WriteObjectNegotiated).
 */
export async function answerObject(
  { status, headers = {}, object }: PlainAnswer,
  request: ServerRequest,
  encodings: readonly AnswerEncoding[],
): Promise<ServerAnswer> {
  try {
    const { encoding, pretty } = negotiate(request, { encodings, shapes: [], watching: false });
    const writer = await encoding.writer(pretty);
    const said = { "content-type": [encoding.mediaType], ...headers };
    return { status, headers: said, body: await writer.object(object) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const failed = status >= 400;
    const said = { "content-type": [jsonType], ...headers };
    return failed
      ? { status, headers: said, body: prettyBytes(object) }
      : { status: error.status.code, headers: said, body: prettyBytes(error.status as unknown as Encodable) };
  }
}
