import type { RequestParts } from "../transport/request-parts.ts";

/** What a write sends. */
export interface Content {
  /** The body. */
  readonly body: string | Uint8Array;
  /** Its media type. */
  readonly contentType: string;
}

/** The request with this content. */
export function carrying({ body, contentType }: Content, request: RequestParts): RequestParts {
  return { ...request, headers: { ...request.headers, "content-type": [contentType] }, body };
}
