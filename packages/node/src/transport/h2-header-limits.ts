import { ConnectionError, LimitError } from "@kubewright/core";
import type { RequestInfo } from "@kubewright/core";

import type { ServerAddress } from "../dial/server-address.ts";
import { mostHeaderBytes } from "./answer-failure.ts";

// What nghttp2, which is Node's HTTP/2, takes of an answer's header; nothing can be set. Beyond it the whole session ends, and it is
// not told whose header it was.

/** A HEADERS frame and NGHTTP2_DEFAULT_MAX_CONTINUATIONS more, of which servers send 16 KiB each, compressed. */
const mostBytes = 9 * 16 * 1024;
/** NGHTTP2_ERR_TOO_MANY_CONTINUATIONS */
const tooManyFrames = -905;
/** NGHTTP2_HD_MAX_NV: one value, uncompressed. */
const mostValueBytes = 64 * 1024;

/** Why a session was given up: nghttp2 did not take a header value, and Node does not say so. */
export class ValueTooLong extends Error {
  override readonly name = "ValueTooLong";
}

/** What stands for an error that a too large header ended the session with; undefined for any other error. */
export function headerLimit(error: unknown): { readonly what: string; readonly bytes: number } | undefined {
  if (error instanceof ValueTooLong) return { what: "a header value of the answer", bytes: mostValueBytes };
  const { errno } = (error ?? {}) as NodeJS.ErrnoException;
  return errno === tooManyFrames ? { what: "the answer's header", bytes: mostBytes } : undefined;
}

/** The error of a request without an answer on such a session; `suspects` are all of them. */
export function headerTooLarge(
  { what, bytes }: NonNullable<ReturnType<typeof headerLimit>>,
  suspects: number,
  address: ServerAddress,
  request: RequestInfo,
  cause: unknown,
): ConnectionError | LimitError {
  const fix = `set protocol: "http/1.1", which takes ${mostHeaderBytes} bytes`;
  if (suspects === 1) return new LimitError(`${what} over HTTP/2`, bytes, { request, cause, fix });
  const whose = `of one of ${suspects} requests`;
  const message = `ConnectionLost: the connection to ${address.hostPort} ended because ${what} ${whose} is larger than ${bytes} bytes; if it happens again, ${fix}`;
  return new ConnectionError(message, { request, cause });
}
