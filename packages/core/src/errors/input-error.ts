import { KubeError, type KubeErrorOptions } from "./kube-error.ts";

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
