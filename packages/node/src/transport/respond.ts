import type { ApiResponse, ResponseHeaders } from "@kubewright/core";

import type { ChunkQueue } from "./chunk-queue.ts";
import { gunzip } from "./gunzip.ts";
import type { Sending } from "./sending.ts";

/** Makes the response of what came; the same for both protocols. */
export function respond(status: number, field: ResponseHeaders["get"], raw: ChunkQueue, sending: Sending): ApiResponse {
  const encoding = sending.decompress ? field("content-encoding") : undefined;
  const bodiless = sending.request.method === "HEAD" || status === 204 || status === 304;
  // One layer, and only the one that was asked for; anything else stays as it is and fails in the decoder.
  const body = encoding?.toLowerCase() === "gzip" && !bodiless ? gunzip(raw, sending.request) : raw;
  return { status, headers: { get: field }, body, discard: () => body.cancel() };
}
