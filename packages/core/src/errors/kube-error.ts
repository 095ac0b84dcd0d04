/** What a failed call was: the API verb and the path, never the query, headers or body. */
export interface RequestInfo {
  /** The API verb (`get`, `list`, `create`, …), or the lower-case HTTP method of a raw request. */
  readonly verb: string;
  /** The URL path below the server's address. */
  readonly path: string;
}

/** What every error of this library takes beside its message. */
export interface KubeErrorOptions {
  /** The error behind this one, usually the platform's. */
  readonly cause?: unknown;
  /** The call that failed; the message then ends with its verb and path. */
  readonly request?: RequestInfo | undefined;
}

// A registered symbol, so that two installed copies of the library know each other's errors.
const brand = Symbol.for("kubewright.KubeError");

/**
 * Base of every error this library throws itself. An aborted call is the exception: it rejects with the signal's own reason.
 * The message begins with the reason and ends with verb and path; it never holds credentials or bodies.
 */
export class KubeError extends Error {
  override readonly name: string = "KubeError";
  /** The call that failed, where there was one. */
  readonly request: RequestInfo | undefined;

  constructor(message: string, options: KubeErrorOptions = {}) {
    const { cause, request } = options;
    super(
      request ? `${message} (${request.verb} ${request.path})` : message,
      cause === undefined ? undefined : { cause },
    );
    // Only these two: what callers hand in may hold headers and bodies too, and errors end up in logs.
    this.request = request && { verb: request.verb, path: request.path };
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for every error of this library, also one from another installed copy. */
export function isKubeError(error: unknown): error is KubeError {
  return typeof error === "object" && error !== null && brand in error;
}
