import { ConnectionError, LimitError } from "@kubewright/core";
import type { RequestInfo } from "@kubewright/core";

import type { ServerAddress } from "../dial/server-address.ts";
import { mostHeaderBytes } from "./answer-failure.ts";

// nghttp2, which is Node's HTTP/2, takes headers up to bounds that cannot be set. Beyond them the whole session ends, and nobody says
// whose header it was.

/** A HEADERS frame and NGHTTP2_DEFAULT_MAX_CONTINUATIONS more, of which servers send 16 KiB each, compressed. */
const mostBytes = 9 * 16 * 1024;
/** NGHTTP2_ERR_TOO_MANY_CONTINUATIONS */
const tooManyFrames = -905;
/** NGHTTP2_HD_MAX_NV: one value, uncompressed. */
const mostValueBytes = 64 * 1024;
/** NGHTTP2_ERR_PROTO: what Node says of a value that is too long, and when a server breaks the protocol. */
const protocolError = -505;

/** A session that an answer ended. */
export interface UnreadableAnswer {
  readonly error: unknown;
  readonly tooManyFrames: boolean;
  /** How many requests had no answer then: it was for one of them. */
  readonly suspects: number;
}

/** What it means that a session that had begun ended with this error, if an answer was the reason. */
export function unreadableAnswer(error: unknown, suspects: number): UnreadableAnswer | undefined {
  const { errno } = (error ?? {}) as NodeJS.ErrnoException;
  if (errno !== tooManyFrames && errno !== protocolError) return undefined;
  return { error, tooManyFrames: errno === tooManyFrames, suspects };
}

/** The error of a request without an answer on such a session. */
export function unreadableError(
  { error: cause, tooManyFrames, suspects }: UnreadableAnswer,
  { hostPort }: ServerAddress,
  request: RequestInfo,
): ConnectionError | LimitError {
  const fix = `set protocol: "http/1.1", which takes ${mostHeaderBytes} bytes`;
  const options = { request, cause };
  if (suspects === 1 && tooManyFrames) {
    return new LimitError("the answer's header over HTTP/2", mostBytes, { ...options, fix });
  }
  const reason = tooManyFrames
    ? `its header is larger than ${mostBytes} bytes`
    : `a value in its header is larger than ${mostValueBytes} bytes, or it breaks HTTP/2`;
  if (suspects === 1) {
    const message = `BadHttp: Node's HTTP/2 cannot read the answer of ${hostPort}: ${reason}; ${fix}`;
    return new ConnectionError(message, { ...options, permanent: true });
  }
  const message = `ConnectionLost: the connection to ${hostPort} ended with the answer to one of ${suspects} requests: ${reason}; if it happens again, ${fix}`;
  return new ConnectionError(message, options);
}

/** True for the error of a session whose server never said that it speaks HTTP/2. */
export function isProtocolError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.errno === protocolError;
}
