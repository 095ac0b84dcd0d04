import { DecodeError, LimitError } from "../errors/body-errors.ts";
import type { KubeError, RequestInfo } from "../errors/kube-error.ts";
import { StatusError } from "../errors/status-error.ts";
import { ConnectionError, RedirectError } from "../errors/transport-errors.ts";
import type { Status } from "../gen/meta-v1.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { OBJECT_LIMIT, readText } from "./body.ts";
import { parseJson } from "./json.ts";
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

/** True when the response says that its body is JSON. */
export function isJson(response: ApiResponse): boolean {
  return /^application\/(?:[^;,\s]+\+)?json\s*(?:$|[;,])/i.test(response.headers.get("content-type") ?? "");
}

/** Lets go of a body that is no JSON. @throws DecodeError then, saying what came */
export function assertJson(response: ApiResponse, request: RequestInfo): void {
  if (isJson(response)) return;
  response.discard();
  throw new DecodeError(`Undecodable: expected JSON, but the answer is ${contentType(response)}; ${notAnApiServer}`, {
    request,
  });
}

/** True for a JSON object: no list, no null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Decodes the one object of a successful response, by the response's own content type. `limit`: the ceiling in bytes, 32 MiB
 * unless the object is a collection.
 *
 * @throws DecodeError when the body is no JSON object; the body is never quoted
 */
export async function decodeObject(
  response: ApiResponse,
  request: RequestInfo,
  limit: number = OBJECT_LIMIT,
): Promise<unknown> {
  assertJson(response, request);
  const value = parseJson(await readText(response.body, limit, "the answer", request), request);
  if (!isObject(value)) throw new DecodeError("Undecodable: the body is JSON, but no object", { request });
  return value;
}

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

const notAnApiServer =
  "it did not come from an API server; check the server's address and any proxy or portal on the way";

function contentType(response: ApiResponse): string {
  return response.headers.get("content-type")?.split(";", 1)[0]?.trim().slice(0, 100) || "without a content type";
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
