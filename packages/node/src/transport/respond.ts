import { DecodeError, headerText } from "@kubewright/core";
import type { ApiResponse, RequestInfo, ResponseHeaders } from "@kubewright/core";

import { ChunkQueue } from "./chunk-queue.ts";
import { gunzip } from "./gunzip.ts";
import type { Sending } from "./sending.ts";

/** Makes the response of what came; the same for both protocols. `field` gives bytes, each as a character. */
export function respond(status: number, field: ResponseHeaders["get"], raw: ChunkQueue, sending: Sending): ApiResponse {
  const { request } = sending;
  const bodiless = request.method === "HEAD" || status === 204 || status === 304;
  const body = bodiless || !sending.decompress ? raw : decoded(raw, field("content-encoding"), request);
  return { status, headers: { get: (name) => textOf(field(name)) }, body, discard: () => body.cancel() };
}

function textOf(bytes: string | undefined): string | undefined {
  return bytes && headerText(bytes);
}

/** One layer of gzip is undone, nothing else: a chain of encodings is how small answers become huge. */
function decoded(raw: ChunkQueue, encoding: string | undefined, request: RequestInfo): ChunkQueue {
  if (encoding === undefined || encoding === "identity") return raw;
  if (encoding.toLowerCase() === "gzip") return gunzip(raw, request);
  raw.cancel();
  const refused = new ChunkQueue({ resume() {}, cancel() {} });
  const shown = JSON.stringify(encoding.slice(0, 40));
  refused.fail(new DecodeError(`UnknownEncoding: the body's content-encoding is ${shown}, not gzip`, { request }));
  return refused;
}
