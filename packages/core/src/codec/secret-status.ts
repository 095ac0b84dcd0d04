import type { Status } from "../gen/meta-v1.ts";
import type { RequestInfo } from "../errors/kube-error.ts";

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
