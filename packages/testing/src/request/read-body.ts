import { badRequest, type Refusal, unsupportedMediaType } from "../exchange/refusal.ts";
import { apiVersionOf } from "../knowledge/api-version.ts";
import { isFormerVersion } from "../knowledge/former-versions.ts";
import { typeOf } from "../knowledge/types.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { JsonSyntaxError } from "./json-node.ts";
import { type JsonText, readJson } from "./json-text.ts";

/** A kind as a body should have it. */
export interface ExpectedKind {
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

/** The text of a request's body. */
export function bodyText({ body }: ServerRequest): string {
  return decoder.decode(body);
}

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
  let json: JsonText;
  try {
    json = readJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw unrecognized(`couldn't get version/kind; json parse error: ${error.message}`);
  }
  checkKindTexts(json.value, unrecognized);
  const found = foundKind(json.value, expected);
  if (found.problem !== undefined) throw unreadable(found, expected, found.problem);
  if (found.isOtherVersion) {
    throw badRequest(
      `the API version in the data (${found.apiVersion}) does not match the expected API version (${apiVersionOf(expected)})`,
    );
  }
  return json;
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

/** What an object says of its kind. */
export interface FoundKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Why it is not what is expected. */
  readonly problem: string | undefined;
  /** The expected kind in another version. */
  readonly isOtherVersion: boolean;
}

/** Holds what an object says of its kind, which may be nothing, against what is expected. */
export function foundKind(value: unknown, expected: ExpectedKind): FoundKind {
  const said = (value ?? {}) as { readonly apiVersion?: string | null; readonly kind?: string | null };
  const wanted = apiVersionOf(expected);
  // `apps/` has the version that is expected.
  const apiVersion = said.apiVersion && `${said.apiVersion}${expected.version}` !== wanted ? said.apiVersion : wanted;
  const kind = said.kind || expected.kind;
  const isOtherVersion =
    kind === expected.kind &&
    apiVersion !== wanted &&
    (isFormerVersion(apiVersion, kind) ||
      (isSameGroup(apiVersion, expected) && typeOf(apiVersion, kind) !== undefined));
  const isRight = kind === expected.kind && (apiVersion === wanted || isOtherVersion);
  return { apiVersion, kind, problem: isRight ? undefined : problemOf(apiVersion, kind, expected), isOtherVersion };
}

function problemOf(apiVersion: string, kind: string, expected: ExpectedKind): string {
  const type = typeOf(apiVersion, kind);
  if (type !== undefined)
    return `converting (${type.name}) to (${internalPackage(expected.group)}.${expected.kind}): unknown conversion`;
  return `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/runtime/scheme.go:111"`;
}

/** Events of both groups are the same objects. */
function isSameGroup(apiVersion: string, { group, kind }: ExpectedKind): boolean {
  return kind === "Event" || (apiVersion.includes("/") ? apiVersion.split("/")[0] : "") === group;
}

/** Go's package of a group's types without version. */
function internalPackage(group: string): string {
  if (group === "") return "core";
  return group === "internal.apiserver.k8s.io" ? "apiserverinternal" : group.split(".")[0]!;
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

const summaryLength = 30;

/** The beginning of a body, as text where it is an object (k8s.io/apiserver pkg/endpoints/handlers/rest.go, summarizeData). */
function summaryOf(body: Uint8Array, text: string): string {
  if (body.length === 0) return "<empty>";
  const more = body.length > summaryLength ? " ..." : "";
  if (text.startsWith("{")) return `${decoder.decode(body.subarray(0, summaryLength))}${more}`;
  const bytes = [...body.subarray(0, summaryLength)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `${bytes.join("")}${more}`;
}
