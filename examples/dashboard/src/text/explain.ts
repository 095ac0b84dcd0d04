import {
  ConnectionError,
  isForbidden,
  isNotFound,
  isStatusError,
  isUnauthorized,
  TimeoutError,
} from "@kubewright/core";

/** What went wrong, for people. `doing` is what was tried, such as `list pods in all namespaces`. */
export function explain(error: unknown, doing: string): string {
  if (isForbidden(error))
    return `You may not ${doing}. The server says: ${sentence(error.status.message ?? "forbidden")}`;
  if (isUnauthorized(error))
    return "You are signed out. Sign in again, in another tab if you like: this page goes on by itself.";
  if (isNotFound(error)) return `There is nothing to ${doing}: the server has no such thing.`;
  if (error instanceof TimeoutError) return "The server took too long to answer. Try again.";
  if (error instanceof ConnectionError)
    return "The server cannot be reached at the moment. This page tries again by itself.";
  if (isStatusError(error))
    return `The server refused to ${doing}: ${sentence(error.status.message ?? `status ${error.statusCode}`)}`;
  return error instanceof Error ? error.message : String(error);
}

/** Servers leave out the full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
