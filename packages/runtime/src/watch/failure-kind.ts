import { isExpired, isKubeError, isStatusError, isTooManyRequests, isUnauthorized } from "@kubewright/core";

/**
 * What a failure means for a watch that heals.
 *
 * - `lost`: no answer came, or it broke off. `busy`: the server asks to wait.
 * - `expired`: the version or token is too old. `ahead`: the server does not know such a version yet.
 * - `missing`: the resource does not exist. `denied`: it may not be read, or not in this way.
 * - `unsuited`: the server does not take the request as it is. `failing`: anything else that may pass.
 * - `fatal`: another try would be as wrong.
 */
export type FailureKind =
  | "lost"
  | "busy"
  | "expired"
  | "ahead"
  | "missing"
  | "denied"
  | "unsuited"
  | "failing"
  | "fatal";

/** Whether a failure was the connection's, or for want of a sign-in: whoever brings that back knows when to try again. */
export function isUnreachable(error: Error): boolean {
  return failureKind(error) === "lost" || isUnauthorized(error);
}

/** Sorts a failure. */
export function failureKind(error: Error): FailureKind {
  if (isStatusError(error)) {
    const { statusCode, status } = error;
    if (isTooManyRequests(error)) return "busy";
    if (isExpired(error)) return "expired";
    if (status.details?.causes?.some(({ reason }) => reason === "ResourceVersionTooLarge")) return "ahead";
    if (statusCode === 404) return "missing";
    if (statusCode === 401 || statusCode === 403 || statusCode === 405) return "denied";
    return statusCode < 500 ? "unsuited" : "failing";
  }
  if (!isKubeError(error)) return "failing"; // of an interceptor or a transport of somebody else
  if (error.name === "ConnectionError")
    return (error as { readonly permanent?: boolean }).permanent === true ? "failing" : "lost";
  if (error.name === "TimeoutError") return "lost";
  return error.name === "InputError" ? "fatal" : "failing";
}

/** What would make any call fail at once. A state that was read once shows that it may be read: what comes later may pass. */
export function isHopeless(error: Error): boolean {
  const kind = failureKind(error);
  return kind === "denied" || kind === "missing" || (kind === "failing" && !isStatusError(error));
}
