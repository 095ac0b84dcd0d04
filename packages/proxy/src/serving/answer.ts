import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type Refusal, statusOf } from "../request/refusal.ts";

/**
 * What stands on every answer. Nothing is kept, for the next who asks may be another; and whatever a cluster's own programs answer, a
 * browser that shows it gives it no rights of this origin.
 */
export const answerHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store, no-transform",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** An answer whose body is there whole. */
export interface WholeAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Headers beside those of every answer. */
  readonly more?: Readonly<Record<string, string>> | undefined;
}

/** A refusal, as its Status. */
export function refusalAnswer(refusal: Refusal): WholeAnswer {
  const { code, retryAfterSeconds } = refusal;
  const more = retryAfterSeconds === undefined ? undefined : { "retry-after": String(retryAfterSeconds) };
  return { status: code, type: "application/json", body: JSON.stringify(statusOf(refusal)), more };
}

/** Answers; where an answer has begun already, there is only breaking it off. */
export function answerWith(response: ServerResponse, answer: WholeAnswer): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { bytes, headers } = written(answer);
  response.writeHead(answer.status, headers).end(bytes);
}

/** Answers an upgrade that is refused: the socket is all there is. */
export function answerUpgrade(socket: Duplex, answer: WholeAnswer): void {
  const { bytes, headers } = written(answer);
  const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}\r\n`);
  const { status } = answer;
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`);
  socket.end(bytes, () => socket.destroy());
}

function written({ type, body, more }: WholeAnswer): {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
} {
  const bytes = Buffer.from(body);
  return {
    bytes,
    headers: { ...answerHeaders, "content-type": type, "content-length": String(bytes.length), ...more },
  };
}
