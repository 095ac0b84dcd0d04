import type { ServerAnswer } from "../exchange/exchange.ts";
import { jsonType } from "../exchange/media-type.ts";

/** Headers of an answer, by name. */
type Headers = ServerAnswer["headers"];

const encoder = new TextEncoder();

/** One for people: indented, and without a line end (k8s.io/apiserver pkg/endpoints/handlers/responsewriters WriteRawJSON). */
export function indentedAnswer(document: object): ServerAnswer {
  const body = encoder.encode(JSON.stringify(document, undefined, 2));
  return { status: 200, headers: { "content-type": [jsonType] }, body };
}

/** Plain text. */
export function textAnswer(text: string, headers: Headers = {}): ServerAnswer {
  const body = encoder.encode(text);
  return { status: 200, headers: { "content-type": ["text/plain; charset=utf-8"], ...headers }, body };
}

/** An answer that says its ETag, or 304 to whoever has it (k8s.io/apiserver pkg/endpoints/discovery/aggregated/etag.go). */
export function taggedAnswer(answer: ServerAnswer, tag: string, known: string | undefined): ServerAnswer {
  const etag = JSON.stringify(tag);
  if (known !== etag) return { ...answer, headers: { ...answer.headers, etag: [etag] } };
  const { "content-type": _type, ...headers } = answer.headers;
  return { status: 304, headers: { ...headers, etag: [etag] }, body: new Uint8Array() };
}

/** The tag of a document: SHA-512 in capital hexadecimal digits. */
export async function tagOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", encoder.encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
