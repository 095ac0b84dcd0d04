import { KubeError, type KubeErrorOptions, type RequestInfo } from "./kube-error.ts";

/** Bad input, found before anything was sent. `field` names the argument or option; the message says how to fix it. */
export class InputError extends KubeError {
  override readonly name = "InputError";
  /** The argument, option or object field that is wrong, such as `labelSelector` or `metadata.name`. */
  readonly field: string;

  constructor(field: string, problem: string, options?: KubeErrorOptions) {
    super(`Invalid ${field}: ${problem}`, options);
    this.field = field;
  }
}

/**
 * Lets an InputError that a call threw say which call it was, unless it does already. Gives the same error back: whoever holds it
 * (a function that the caller passed may have thrown it) knows it again.
 */
export function duringCall(error: unknown, { verb, path }: RequestInfo): unknown {
  if (!(error instanceof InputError) || error.request !== undefined) return error;
  const { message, stack } = error;
  const named = `${message} (${verb} ${path})`;
  return Object.assign(error, { request: { verb, path }, message: named, stack: stack?.replace(message, () => named) });
}
