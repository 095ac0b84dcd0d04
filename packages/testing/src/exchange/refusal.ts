import { goQuote } from "./go-quote.ts";
import type { Status, StatusCause } from "@kubewright/core/meta";

/** What a call is refused with; the handler answers with its Status. */
export class Refusal extends Error {
  readonly status: Status & { readonly code: number };
  /** Headers beside it, such as Retry-After. */
  readonly headers: Readonly<Record<string, readonly string[]>>;

  constructor(status: Status & { readonly code: number }, headers: Refusal["headers"] = {}) {
    super(status.message);
    this.name = "Refusal";
    this.status = status;
    this.headers = headers;
  }

  /** The same with more in its Status. */
  with(more: Partial<Status>): Refusal {
    return new Refusal({ ...this.status, ...more }, this.headers);
  }

  /** The same with more headers beside it. */
  withHeaders(more: Refusal["headers"]): Refusal {
    return new Refusal(this.status, { ...this.headers, ...more });
  }
}

/** One reason why an object is invalid (k8s.io/apimachinery pkg/util/validation/field). */
export interface Cause {
  readonly reason: string;
  /** What is wrong, without the field. */
  readonly message: string;
  readonly field: string;
}

/** A resource or kind with its group, as errors name it: `pods`, `deployments.apps`. */
export interface Grouped {
  readonly group: string;
  readonly name: string;
}

function qualified({ group, name }: Grouped): string {
  return group === "" ? name : `${name}.${group}`;
}

function refusal(code: number, reason: string, message: string, details?: Status["details"]): Refusal {
  return new Refusal({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    ...(details === undefined ? {} : { details }),
    code,
  });
}

function detailsOf({ group, name: kind }: Grouped, name: string): Status["details"] {
  const given = Object.entries({ name, group, kind }).filter(([, value]) => value !== "");
  return Object.fromEntries(given);
}

// The texts are those of k8s.io/apimachinery pkg/api/errors/errors.go.

export function notFound(resource: Grouped, name: string): Refusal {
  return refusal(404, "NotFound", `${qualified(resource)} ${goQuote(name)} not found`, detailsOf(resource, name));
}

/** What a path without a resource behind it gets. */
export function noSuchResource(): Refusal {
  return refusal(404, "NotFound", "the server could not find the requested resource", {});
}

export function alreadyExists(resource: Grouped, name: string): Refusal {
  const message = `${qualified(resource)} ${goQuote(name)} already exists`;
  return refusal(409, "AlreadyExists", message, detailsOf(resource, name));
}

/** An object that asked for a generated name, too, has a name that exists. */
export function generatedNameExists(resource: Grouped, name: string): Refusal {
  const { status } = alreadyExists(resource, name);
  const message = `${status.message!}, the server was not able to generate a unique name for the object`;
  const details = { ...status.details, retryAfterSeconds: 1 };
  return new Refusal({ ...status, message, details }, { "retry-after": ["1"] });
}

export function conflict(resource: Grouped, name: string, why: string): Refusal {
  const message = `Operation cannot be fulfilled on ${qualified(resource)} ${goQuote(name)}: ${why}`;
  return refusal(409, "Conflict", message, detailsOf(resource, name));
}

export function invalid(kind: Grouped, name: string, causes: readonly Cause[]): Refusal {
  return refusal(
    422,
    "Invalid",
    `${qualified(kind)} ${goQuote(name)} is invalid${causes.length === 0 ? "" : `: ${joined(causes)}`}`,
    { ...detailsOf(kind, name), ...(causes.length === 0 ? {} : { causes: causes.map((cause) => ({ ...cause })) }) },
  );
}

/** Causes that the server does not put into details. */
export function invalidUnexplained(causes: readonly Cause[]): Refusal {
  return unexplained(joined(causes));
}

/** Each once, as Go prints errors together. */
function joined(causes: readonly Cause[]): string {
  const texts = [...new Set(causes.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}

/** A credential that nobody has. */
export function unauthorized(): Refusal {
  return refusal(401, "Unauthorized", "Unauthorized");
}

export function badRequest(message: string): Refusal {
  return refusal(400, "BadRequest", message);
}

/** What may succeed later; in how many seconds, where the server says so. */
export function serviceUnavailable(message: string): Refusal {
  return refusal(503, "ServiceUnavailable", message);
}

export function tooManyRequests(message: string, causes: readonly StatusCause[] = [], seconds = 0): Refusal {
  const details = {
    ...(causes.length === 0 ? {} : { causes: [...causes] }),
    ...(seconds === 0 ? {} : { retryAfterSeconds: seconds }),
  };
  const { status } = refusal(429, "TooManyRequests", message, details);
  return new Refusal(status, seconds === 0 ? {} : { "retry-after": [String(seconds)] });
}

/** A patch that cannot be carried out; the server does not say why. */
export function unprocessable(): Refusal {
  return refusal(422, "Invalid", "the server rejected our request due to an error in our request", {});
}

/** What a patch came to is no object of the kind. `text` is that, as JSON. */
export function invalidPatch(text: string, why: string): Refusal {
  const message = `Invalid value: ${goQuote(text)}: ${why}`;
  const refused = invalid({ group: "", name: "" }, "", [{ reason: "FieldValueInvalid", message, field: "patch" }]);
  return refused.with({ details: { causes: refused.status.details!.causes! } });
}

/** An error of Go's that the server has no reason for. */
export function unexplained(message: string): Refusal {
  const { status } = refusal(500, "", message);
  const { reason: _none, ...rest } = status;
  return new Refusal(rest);
}

export function expired(message: string): Refusal {
  return refusal(410, "Expired", message);
}

/** A version that is none, where the server does not know a reason for it. */
export function invalidVersion(message: string): Refusal {
  return new Refusal({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, code: 500 });
}

/** A version that the server has not come to. */
export function versionTooLarge(asked: number, current: number): Refusal {
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  const causes = [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }];
  const refused = refusal(504, "Timeout", message, { causes, retryAfterSeconds: 1 });
  return new Refusal(refused.status, { "retry-after": ["1"] });
}

export function methodNotAllowed(resource: Grouped, action: string): Refusal {
  const message = `${action} is not supported on resources of kind ${goQuote(qualified(resource))}`;
  return refusal(405, "MethodNotAllowed", message, detailsOf(resource, ""));
}

/** A method that a path does not take, whatever is behind it. */
export function noSuchMethod(): Refusal {
  return refusal(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {});
}

/** No range of Accept is one of the media types that a path has (github.com/emicklei/go-restful). */
export function notProduced(types: readonly string[]): Refusal {
  const message = `406: Not Acceptable\n\nAvailable representations: ${types.join(", ")}`;
  return refusal(406, "NotAcceptable", message, {});
}

/** Nothing of what Accept asks for can be answered. */
export function notAcceptable(message: string): Refusal {
  return refusal(406, "NotAcceptable", message);
}

/** What admission or authorization does not let happen; without a resource where it is about none. */
export function forbidden(resource: Grouped, name: string, why: string, causes: readonly Cause[] = []): Refusal {
  const named = name === "" ? qualified(resource) : `${qualified(resource)} ${goQuote(name)}`;
  const subject = resource.name === "" ? "" : `${named} is `;
  const details = { ...detailsOf(resource, name), ...(causes.length === 0 ? {} : { causes: [...causes] }) };
  return refusal(403, "Forbidden", `${subject}forbidden: ${why}`, details);
}

export function unsupportedMediaType(accepted: readonly string[]): Refusal {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`;
  return refusal(415, "UnsupportedMediaType", message);
}

export function entityTooLarge(mostBytes: number): Refusal {
  return refusal(413, "RequestEntityTooLarge", `Request entity too large: limit is ${mostBytes}`);
}

/** What a patch gets of which the server does not know the form. */
export function unsupportedPatchType(): Refusal {
  return refusal(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
}

export function internalError(message: string): Refusal {
  return refusal(500, "InternalError", `Internal error occurred: ${message}`, { causes: [{ message }] });
}
