import type { StatusError } from "@kubewright/core";

/** A `Status`, as the API server refuses with. */
export type Status = StatusError["status"];

/** What the proxy itself refuses. Its message is told to whoever asked, so it holds no secret. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  /** The HTTP status. */
  readonly code: number;
  /** One of Kubernetes' reasons, such as `Forbidden`. */
  readonly reason: string;
  /** When to ask again; undefined where that would end in the same way. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: number,
    message: string,
    options: { readonly retryAfterSeconds?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.reason = reasons[code] ?? (code < 500 ? "BadRequest" : "InternalError");
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** What typed clients know a refusal by (k8s.io/apimachinery pkg/apis/meta/v1/types.go). */
const reasons: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  408: "Timeout",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  429: "TooManyRequests",
  500: "InternalError",
  501: "NotImplemented",
  503: "ServiceUnavailable",
  504: "Timeout",
};

/** A refusal as the API server would write it. */
export function statusOf({ code, reason, message, retryAfterSeconds }: Refusal): Status {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason,
    ...(retryAfterSeconds === undefined ? undefined : { details: { retryAfterSeconds } }),
    code,
  };
}
