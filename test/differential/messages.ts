import { JSON_SCHEMA, load } from "js-yaml";
import type { Request } from "./exchange.ts";

/** What is sent as the body of a request. */
export function bytesOf({ body }: Request): Uint8Array | undefined {
  if (body === undefined || body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}

/** What is sent before it. */
export function headersOf(
  { body, accept = "application/json", contentType = "application/json", token, headers }: Request,
  admin: string,
): Record<string, string> {
  return {
    authorization: `Bearer ${token ?? admin}`,
    accept,
    "user-agent": "differential/1",
    ...(body === undefined ? {} : { "content-type": contentType }),
    ...headers,
  };
}

/** A body as JSON or YAML says it, or as the text that it is. */
export function parsed(text: string, contentType = "application/json"): unknown {
  try {
    // Times stay texts.
    if (contentType.startsWith("application/yaml")) return load(text, { schema: JSON_SCHEMA });
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
