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

/** Answers with the Status of a refusal; where an answer has begun already, there is only breaking it off. */
export function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, retryAfterSeconds } = refusal;
  if (retryAfterSeconds !== undefined) response.setHeader("retry-after", String(retryAfterSeconds));
  answerWith(response, code, "application/json", JSON.stringify(statusOf(refusal)));
}

/** Answers with a body that is there whole. */
export function answerWith(response: ServerResponse, status: number, type: string, body: string): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...answerHeaders, "content-type": type, "content-length": bytes.length });
  response.end(bytes);
}

/** Answers an upgrade with the Status of a refusal: the socket is all there is. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = JSON.stringify(statusOf(refusal));
  const headers = {
    ...answerHeaders,
    connection: "close",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${refusal.code} ${STATUS_CODES[refusal.code] ?? ""}\r\n${lines.join("")}\r\n`;
  socket.end(head + body, () => socket.destroy());
}
