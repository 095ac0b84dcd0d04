import { OBJECT_LIMIT, readText } from "../bytes/body.ts";
import { parseJson } from "./json/parse-json.ts";
import { contentType, isJson, isObject, notAnApiServer } from "./response.ts";
import { DecodeError, LimitError } from "../errors/body-errors.ts";
import { StatusError } from "../errors/status-error.ts";
import { ConnectionError, RedirectError } from "../errors/transport-errors.ts";
import type { KubeError, RequestInfo } from "../errors/kube-error.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { retryAfter } from "./retry-after.ts";
import { withoutSecrets } from "./secret-status.ts";

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

/**
 * The error that a response with status 300 or more stands for. Resolves with it; rejects only when the call is aborted while
 * the body arrives. A broken body never hides the status: it becomes the error's `cause`.
 */
export async function responseError(response: ApiResponse, request: RequestInfo): Promise<KubeError> {
  const { status: statusCode, headers } = response;
  if (statusCode < 400) {
    response.discard();
    return new RedirectError(statusCode, headers.get("location")?.replace(/[?#].*|(?<=\/\/)[^/?#]*@/gs, ""), {
      request,
    });
  }
  const retryAfterSeconds = retryAfter(headers);
  let cause: unknown;
  if (isJson(response)) {
    try {
      const body = parseJson(await readText(response.body, OBJECT_LIMIT, "the error's body", request), request);
      if (isObject(body) && body["kind"] === "Status") {
        return new StatusError(withoutSecrets(body as Status, request), statusCode, { request, retryAfterSeconds });
      }
    } catch (error) {
      if (!(error instanceof ConnectionError || error instanceof DecodeError || error instanceof LimitError))
        throw error;
      cause = error;
    }
  } else {
    response.discard();
  }
  return new StatusError(madeStatus(statusCode, contentType(response)), statusCode, {
    request,
    retryAfterSeconds,
    cause,
  });
}

function madeStatus(code: number, type: string): Status {
  const reason = reasons[code] ?? (code >= 500 ? "InternalError" : "Unknown");
  let message = `the server answered HTTP ${code} without details`;
  if (/html/i.test(type)) message = `the answer (HTTP ${code}, ${type}) is a web page: ${notAnApiServer}`;
  else if (code === 401)
    message +=
      "; it needs credentials, or those sent are wrong or expired: pass a token, a client certificate or a kubeconfig user";
  return { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason, code };
}
