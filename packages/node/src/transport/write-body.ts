import type { Writable } from "node:stream";
import { type ApiRequest, isBodyStream } from "@kubewright/core";

/** A request's body, ready to be sent. */
export type SentBody = Exclude<NonNullable<ApiRequest["body"]>, string>;

/** Writes a body and ends the request; a stream as it comes, no faster than the connection takes it. `failed` is called when it breaks off. */
export function writeBody(to: Writable, body: SentBody | undefined, failed: (error: unknown) => void): void {
  if (isBodyStream(body)) pour(to, body.chunks).catch(failed);
  else to.end(body);
}

async function pour(to: Writable, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) {
    if (!to.destroyed && !to.write(chunk)) await room(to);
    // The answer did not wait for it, or the connection broke, which others tell.
    if (to.destroyed) return;
  }
  to.end();
}

function room(to: Writable): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      to.off("drain", go).off("close", go);
      resolve();
    };
    to.on("drain", go).on("close", go);
  });
}
