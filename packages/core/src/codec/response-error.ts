import { OBJECT_LIMIT, readBytes, readStart } from "../bytes/body.ts";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import { ConfigError } from "../errors/config-errors.ts";
import type { KubeError } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import { ConnectionError, RedirectError } from "../errors/transport-errors.ts";
import type { Clock } from "../time/clock.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { isBeyondSchema } from "./beyond-schema.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { Asked, Opening } from "./opening.ts";
import { ownWords, wordsSize } from "./own-words.ts";
import { retryAfter } from "./retry-after.ts";
import { withoutSecrets } from "./status.ts";

// k8s.io/apimachinery pkg/api/errors/errors.go, NewGenericServerResponse.
const reasons: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  406: "NotAcceptable",
  409: "Conflict",
  410: "Gone",
  413: "RequestEntityTooLarge",
  415: "UnsupportedMediaType",
  422: "Invalid",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
  504: "Timeout",
};

const unreadable = [ConfigError, ConnectionError, DecodeError, LimitError] as const;

/**
 * The error that a response with status 300 or more stands for; `find` finds what reads it. Resolves with it; rejects only when the
 * call is aborted meanwhile. A body that cannot be read never hides the status: why becomes the error's `cause`.
 */
export async function responseError(
  response: ApiResponse,
  request: Asked,
  find: Opening["find"],
  clock: Clock,
): Promise<KubeError> {
  const { status: code, headers } = response;
  if (code < 400) {
    response.discard();
    return new RedirectError(code, headers.get("location")?.replace(/[?#].*|(?<=\/\/)[^/?#]*@/gs, ""), { request });
  }
  const retryAfterSeconds = retryAfter(headers, clock);
  let bytes: Uint8Array | undefined;
  let cause: unknown;
  try {
    const opened = await find(response, request);
    bytes = await (opened === undefined
      ? readStart(response.body, wordsSize)
      : readBytes(opened.body, OBJECT_LIMIT, "the error's body", request));
    const body = opened?.codec.decode(bytes, request);
    if (body?.["kind"] === "Status")
      return new StatusError(withoutSecrets(body as Status, request), code, { request, retryAfterSeconds });
  } catch (error) {
    // Harmless where it was read.
    response.discard();
    if (!unreadable.some((type) => error instanceof type) && !isBeyondSchema(error)) throw error;
    // Text needs no codec: that it is not an object is not a fault.
    if (mediaTypeOf(response) !== undefined) cause = error;
  }
  const status = withoutSecrets(madeStatus(response, bytes), request);
  return new StatusError(status, code, { request, retryAfterSeconds, cause });
}

/** What client-go makes of an answer without a Status (rest/request.go, newUnstructuredResponseError): the server's text is a cause. */
function madeStatus(response: ApiResponse, bytes: Uint8Array | undefined): Status {
  const { status: code } = response;
  const words = bytes === undefined ? undefined : ownWords(bytes, mediaTypeOf(response));
  const said = words === undefined ? "without details" : `: ${words.short}`;
  let message = `the server answered HTTP ${code}${words === undefined ? " " : ""}${said}`;
  if (code === 401)
    message +=
      "; it needs credentials, or those sent are wrong or expired: pass a token, a client certificate or a kubeconfig user";
  const reason = reasons[code] ?? (code >= 500 ? "InternalError" : "Unknown");
  const made: Status = { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason, code };
  if (words === undefined) return made;
  return { ...made, details: { causes: [{ reason: "UnexpectedServerResponse", message: words.text }] } };
}
