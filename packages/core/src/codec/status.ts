import type { RequestInfo } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { Fields } from "./codec.ts";

/** True for the API server's own Status, rather than a resource of that name. */
export function isStatus(body: object): body is Status {
  const { apiVersion, kind } = body as Status;
  return kind === "Status" && apiVersion === "v1";
}

/** The error that a failure's Status stands for; its own code, where it has one, wins over the answer's. */
export function statusError(body: object, code: number, request: RequestInfo): StatusError {
  const status = withoutSecrets(body as Status, request);
  return new StatusError(status, status.code ?? code, { request });
}

/**
 * What stands between client and server can turn a refusal into a 200, and an API server has no other code once it has begun to
 * answer. @throws StatusError for the Status of a failure
 */
export function refuseFailure(body: Fields, code: number, request: RequestInfo): void {
  if (isStatus(body) && body.status === "Failure") throw statusError(body, code, request);
}

const secretPath = /^\/api\/v1\/(namespaces\/[^/]+\/)?secrets(\/|$)/;
// As k8s.io/apimachinery writes it (field.Error.ErrorBody): a quoted text, or a value as Go prints it.
const refusedValue = /((?:Invalid|Unsupported|Duplicate) value: )("(?:[^"\\]|\\.)*"|.*)/gs;

/** The Status of a failed call; the API server quotes the values that it refuses, and those of Secrets must not enter an error. */
export function withoutSecrets(status: Status, { path }: RequestInfo): Status {
  if (!secretPath.test(path)) return status;
  const redacted = <T extends { readonly message?: string }>(part: T): T =>
    typeof part.message === "string" ? { ...part, message: part.message.replace(refusedValue, "$1[redacted]") } : part;
  const { details } = status;
  if (!Array.isArray(details?.causes)) return redacted(status);
  return { ...redacted(status), details: { ...details, causes: details.causes.map(redacted) } };
}
