import { type ConnectionError, isKubeError, isStatusError } from "@kubewright/core";

/** Answers of 4xx that pass: the server was too slow, has gone on, or has much to do. */
const passing: readonly number[] = [408, 410, 429];

/** Errors that no server gave, and that stay until somebody changes the configuration. */
const lasting: readonly string[] = ["AuthError", "ConfigError", "InputError", "LimitError", "RedirectError"];

/** Whether an error stays as long as neither rights nor configuration change: waiting alone is then no use. */
export function isRefusal(error: Error | undefined): error is Error {
  if (isStatusError(error)) return error.statusCode < 500 && !passing.includes(error.statusCode);
  if (!isKubeError(error)) return false;
  return error.name === "ConnectionError" ? (error as ConnectionError).permanent : lasting.includes(error.name);
}
