import type { ServerRequest } from "../exchange/exchange.ts";

const decoder = new TextDecoder();

/** What the server reads, in the order in which it names them. */
export const readTypes: readonly string[] = [
  "application/json",
  "application/yaml",
  "application/vnd.kubernetes.protobuf",
];

/** The media type of a request's body, without parameters; JSON when it says none. */
export function bodyType({ headers }: ServerRequest): string {
  return (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() || "application/json";
}

/** The text of a request's body. */
export function bodyText({ body }: ServerRequest): string {
  return decoder.decode(body);
}
