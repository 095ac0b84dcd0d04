import type { Status } from "../gen/meta-v1.ts";
import { KubeError, type KubeErrorOptions } from "./kube-error.ts";

/** What the API server refused, as its own `Status` object says it. */
export class StatusError extends KubeError {
  override readonly name = "StatusError";
  /** The `Status` as sent, or one made from the HTTP status where the body held none. */
  readonly status: Status;
  /** The HTTP status; for an ERROR event of a watch, the `code` of the Status. */
  readonly statusCode: number;
  /** `status.reason`, such as `NotFound`; `""` where the server gave none. */
  readonly reason: string;
  /** Seconds after which the server would like to see the request again, from Retry-After or `details.retryAfterSeconds`. */
  readonly retryAfterSeconds: number | undefined;
  // Private, so that whoever logs the error does not log the body: anything may be in it.
  readonly #body: string | undefined;

  constructor(
    status: Status,
    statusCode: number,
    options: KubeErrorOptions & { retryAfterSeconds?: number | undefined; body?: string | undefined } = {},
  ) {
    const reason = status.reason ?? "";
    super(`${reason || `HTTP ${statusCode}`}: ${status.message ?? "the server gave no message"}`, options);
    this.status = status;
    this.statusCode = statusCode;
    this.reason = reason;
    this.#body = options.body;
    this.retryAfterSeconds = options.retryAfterSeconds ?? status.details?.retryAfterSeconds;
  }

  /** The whole body of the answer to a refused `cluster.request()`, as text; undefined for every other call, of which `status` says it. */
  get body(): string | undefined {
    return this.#body;
  }
}
