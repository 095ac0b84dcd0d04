import { badRequest, unsupportedMediaType } from "../exchange/refusal.ts";
import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ServerRequest } from "../exchange/exchange.ts";

/** A kind as a body should have it. */
interface Expected {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

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

/**
 * The object in a body, as JSON has it, of the expected kind or of one without kind. @throws Refusal for another media type, what is
 * no JSON, and another kind
 */
export function readObject(request: ServerRequest, expected: Expected): Record<string, unknown> {
  const type = bodyType(request);
  if (type !== "application/json") throw unsupportedMediaType(readTypes);
  const text = decoder.decode(request.body);
  const { kind } = expected;
  const unreadable = (why: string): Error =>
    badRequest(`${kind} in version ${JSON.stringify(expected.version)} cannot be handled as a ${kind}: ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${goJsonError(text)}`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable("json: cannot unmarshal");
  const object = value as Record<string, unknown>;
  object["apiVersion"] ??= apiVersionOf(expected);
  object["kind"] ??= kind;
  return object;
}

/** The first thing that Go's decoder stumbles over. */
function goJsonError(text: string): string {
  return text.trim() === "" ? "unexpected end of JSON input" : "invalid character";
}
