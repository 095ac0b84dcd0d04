import { type ApiRequest, isBodyStream } from "@kubewright/core";

import { addHeaderLines, targetOf } from "./request-lines.ts";
import type { SentBody } from "./write-body.ts";

/** A request made ready for the wire, the same for both protocols. */
export interface Sending {
  readonly request: ApiRequest;
  /** Path with prefix and query. */
  readonly target: string;
  /** Header names and values in turn, without the connection's own. */
  readonly lines: readonly string[];
  readonly body: SentBody | undefined;
  /** False when the caller asked for encodings itself: the body then stays as it comes. */
  readonly decompress: boolean;
}

/** Checks a request and makes it ready. Throws an InputError. */
export function prepare(request: ApiRequest, prefix: string, compression: boolean): Sending {
  const { headers, method } = request;
  const target = targetOf(prefix, request);
  const lines: string[] = [];
  addHeaderLines(lines, headers);
  const decompress = headers["accept-encoding"] === undefined;
  if (decompress && compression) lines.push("accept-encoding", "gzip");
  const body = typeof request.body === "string" ? Buffer.from(request.body) : request.body;
  if (body !== undefined) lines.push("content-length", String(isBodyStream(body) ? body.length : body.byteLength));
  else if (method === "POST" || method === "PUT" || method === "PATCH") lines.push("content-length", "0");
  return { request, target, lines, body, decompress };
}
