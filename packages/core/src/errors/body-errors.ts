import { KubeError, type KubeErrorOptions } from "./kube-error.ts";

/** A body that is not what an API server sends: HTML from a portal, broken or truncated JSON, a wrong kind. Bodies are never quoted. */
export class DecodeError extends KubeError {
  override readonly name = "DecodeError";
}

/** A body, one part of it (an object, an event, a line) or an answer's header is larger than its ceiling. */
export class LimitError extends KubeError {
  override readonly name = "LimitError";
  /** The ceiling, in bytes. */
  readonly limit: number;

  constructor(what: string, limit: number, options: KubeErrorOptions & { readonly fix?: string | undefined } = {}) {
    const { fix = "ask for less, or check that an API server answers there" } = options;
    super(`TooLarge: ${what} is larger than ${limit} bytes; ${fix}`, options);
    this.limit = limit;
  }
}
