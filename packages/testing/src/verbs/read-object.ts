import { badRequest, type Refusal, unsupportedMediaType } from "../exchange/refusal.ts";
import { apiVersionOf } from "../knowledge/api-version.ts";
import { typeOf } from "../knowledge/types.ts";
import { decodingProblems } from "../objects/decoding-problems.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { JsonSyntaxError, readNode } from "../request/json-node.ts";
import { type JsonText, readJson } from "../request/json-text.ts";
import { bodyText, bodyType, readTypes } from "../request/read-body.ts";
import { type ExpectedKind, type FoundKind, foundKind } from "../request/read-kind.ts";

/**
 * The object in a body, of the expected kind or of one without kind. @throws Refusal for another media type, what is no JSON, and
 * another kind (k8s.io/apimachinery pkg/runtime/serializer/json)
 */
export function readObject(request: ServerRequest, expected: ExpectedKind): JsonText {
  if (bodyType(request) !== "application/json") throw unsupportedMediaType(readTypes);
  const text = bodyText(request);
  const unrecognized = (why: string): Refusal =>
    badRequest(
      `the object provided is unrecognized (must be of type ${expected.kind}): ${why} (${summaryOf(request.body, text)})`,
    );
  const json = readKindedJson(text, unrecognized);
  checkKind(json, expected);
  return json;
}

/** JSON with what it says of its kind; empty where it says nothing. */
interface KindedJson extends JsonText {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Reads JSON that may say its kind. @throws what `refusal` makes of the reason */
export function readKindedJson(text: string, refusal: (why: string) => Refusal): KindedJson {
  let json: JsonText;
  try {
    json = readJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw refusal(`couldn't get version/kind; json parse error: ${error.message}`);
  }
  checkKindTexts(json.value, refusal);
  const { apiVersion, kind } = (json.value ?? {}) as {
    readonly apiVersion?: string | null;
    readonly kind?: string | null;
  };
  return { ...json, apiVersion: apiVersion ?? "", kind: kind ?? "" };
}

/** @throws Refusal for another kind, and for another version of the same one */
function checkKind({ value, text }: JsonText, expected: ExpectedKind): void {
  const found = foundKind(value, expected);
  if (found.problem !== undefined) {
    // It is read as what it says before anybody asks whether that is wanted.
    const type = typeOf(found.apiVersion, found.kind);
    const error = type === undefined ? undefined : decodingProblems(type, readNode(text)).error;
    throw unreadable(found, expected, error ?? found.problem);
  }
  if (found.isOtherVersion) {
    throw badRequest(
      `the API version in the data (${found.apiVersion}) does not match the expected API version (${apiVersionOf(expected)})`,
    );
  }
}

/** What an object that says its kind cannot be. */
export function unreadable(
  { apiVersion, kind }: Pick<FoundKind, "apiVersion" | "kind">,
  expected: ExpectedKind,
  why: string,
): Refusal {
  const version = JSON.stringify(apiVersion.split("/").at(-1));
  return badRequest(`${kind} in version ${version} cannot be handled as a ${expected.kind}: ${why}`);
}

const meansKind = String.raw`struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }`;

/** @throws Refusal for what cannot say its kind */
function checkKindTexts(value: unknown, unrecognized: (why: string) => Refusal): void {
  const failed = (found: unknown, where: string): Refusal =>
    unrecognized(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonTypeOf(found)} into Go ${where}`,
    );
  if (typeof (value ?? {}) !== "object" || Array.isArray(value)) throw failed(value, `value of type ${meansKind}`);
  const object = (value ?? {}) as Readonly<Record<string, unknown>>;
  for (const field of Object.keys(object)) {
    if ((field === "kind" || field === "apiVersion") && typeof (object[field] ?? "") !== "string")
      throw failed(object[field], `struct field .${field} of type string`);
  }
  const apiVersion = (object["apiVersion"] ?? "") as string;
  if (apiVersion.split("/").length > 2) throw unrecognized(`unexpected GroupVersion string: ${apiVersion}`);
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

const summaryLength = 30;

/** The beginning of a body, as text where it is an object (k8s.io/apiserver pkg/endpoints/handlers/rest.go, summarizeData). */
function summaryOf(body: Uint8Array, text: string): string {
  if (body.length === 0) return "<empty>";
  const more = body.length > summaryLength ? " ..." : "";
  if (text.startsWith("{")) return `${new TextDecoder().decode(body.subarray(0, summaryLength))}${more}`;
  const bytes = [...body.subarray(0, summaryLength)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `${bytes.join("")}${more}`;
}
