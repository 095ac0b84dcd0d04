import { KubeError, type KubeErrorOptions } from "./kube-error.ts";

interface ConnectionErrorOptions extends KubeErrorOptions {
  readonly sent?: "no" | "maybe" | undefined;
  readonly permanent?: boolean | undefined;
}

/** The server could not be reached, its certificate was refused, or the connection broke. `cause` is the platform's error. */
export class ConnectionError extends KubeError {
  override readonly name = "ConnectionError";
  /**
   * `no`: the server has certainly not acted on the request (it was never sent, or an HTTP/2 server said so), so that even a
   * create may be sent again. `maybe`: nobody can tell.
   */
  readonly sent: "no" | "maybe";
  /** True when another try would end in the same way: what answers there does not speak HTTP or TLS, or a certificate is refused. */
  readonly permanent: boolean;

  constructor(message: string, options: ConnectionErrorOptions = {}) {
    super(message, options);
    this.sent = options.sent ?? "maybe";
    this.permanent = options.permanent ?? false;
  }
}

/** The call did not end within `timeoutMs`, or what was waited for did not come. */
export class TimeoutError extends KubeError {
  override readonly name = "TimeoutError";
  /** The bound that was passed, in milliseconds. */
  readonly timeoutMs: number;

  /** `what` did not happen in time, an answer by default, and `why`: by default the server may need longer. */
  constructor(timeoutMs: number, options: KubeErrorOptions & { readonly what?: string; readonly why?: string } = {}) {
    const { what = "no complete answer", why } = options;
    const because = why === undefined ? "; pass a larger timeoutMs if the server needs longer" : `: ${why}`;
    super(`Timeout: ${what} within ${timeoutMs} ms${because}`, options);
    this.timeoutMs = timeoutMs;
  }
}

/** The server answered with a redirect. Redirects are never followed: credentials must not travel to another place. */
export class RedirectError extends KubeError {
  override readonly name = "RedirectError";
  /** The HTTP status, 3xx; 0 where the platform hides it (browsers). */
  readonly statusCode: number;

  constructor(statusCode: number, location: string | undefined, options?: KubeErrorOptions) {
    const where = location === undefined ? "" : ` to ${location}`;
    super(
      `Redirect: the server answered ${statusCode || "with a redirect"}${where}, which is never followed; use the final address as the server`,
      options,
    );
    this.statusCode = statusCode;
  }
}
