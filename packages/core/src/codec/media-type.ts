import type { ApiResponse } from "../transport/transport.ts";

/** What is wrong when something else than an API server answers. */
export const notAnApiServer: string =
  "it did not come from an API server; check the server's address and any proxy or portal on the way";

/** The media type that a response says it has, in lower case and without parameters; undefined when it says none. */
export function mediaTypeOf({ headers }: ApiResponse): string | undefined {
  const type = headers.get("content-type") ?? "";
  const end = type.search(/[;,]/);
  return (end === -1 ? type : type.slice(0, end)).trim().toLowerCase() || undefined;
}

/** The media type, for errors. */
export function said(response: ApiResponse): string {
  return mediaTypeOf(response)?.slice(0, 100) ?? "without a content type";
}
