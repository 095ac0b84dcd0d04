import { DecodeError } from "../errors/body-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { OBJECT_LIMIT, readText } from "../bytes/body.ts";
import { parseJson } from "./json/parse-json.ts";

/** True when the response says that its body is JSON. */
export function isJson(response: ApiResponse): boolean {
  return /^application\/(?:[^;,\s]+\+)?json\s*(?:$|[;,])/i.test(response.headers.get("content-type") ?? "");
}

/** Lets go of a body that is no JSON. @throws DecodeError then, saying what came */
export function assertJson(response: ApiResponse, request: RequestInfo): void {
  if (isJson(response)) return;
  response.discard();
  throw new DecodeError(`Undecodable: expected JSON, but the answer is ${contentType(response)}; ${notAnApiServer}`, {
    request,
  });
}

/** True for a JSON object: no list, no null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Decodes the one object of a successful response, by the response's own content type. `limit`: the ceiling in bytes, 32 MiB
 * unless the object is a collection.
 *
 * @throws DecodeError when the body is no JSON object; the body is never quoted
 */
export async function decodeObject(
  response: ApiResponse,
  request: RequestInfo,
  limit: number = OBJECT_LIMIT,
): Promise<unknown> {
  assertJson(response, request);
  const value = parseJson(await readText(response.body, limit, "the answer", request), request);
  if (!isObject(value)) throw new DecodeError("Undecodable: the body is JSON, but no object", { request });
  return value;
}

/** What is wrong when something else than an API server answers. */
export const notAnApiServer: string =
  "it did not come from an API server; check the server's address and any proxy or portal on the way";

/** The media type, for errors. */
export function contentType(response: ApiResponse): string {
  return response.headers.get("content-type")?.split(";", 1)[0]?.trim().slice(0, 100) || "without a content type";
}
