import { InputError } from "@kubewright/core";
import { Refusal } from "../exchange/refusal.ts";
import type { FaultStatus } from "./faults.ts";

/** k8s.io/apimachinery pkg/api/errors/errors.go, NewGenericServerResponse. */
const usual: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ["BadRequest", "the server rejected our request for an unknown reason"],
  401: ["Unauthorized", "Unauthorized"],
  403: ["Forbidden", "forbidden: by a fault of the test"],
  404: ["NotFound", "the server could not find the requested resource"],
  405: ["MethodNotAllowed", "the server does not allow this method on the requested resource"],
  406: ["NotAcceptable", "the server was unable to respond with a content type that the client supports"],
  409: ["Conflict", "the server reported a conflict"],
  410: ["Expired", "The resourceVersion for the provided watch is too old."],
  415: ["UnsupportedMediaType", "the body of the request was in an unknown format"],
  422: ["Invalid", "the server rejected our request due to an error in our request"],
  429: ["TooManyRequests", "Too many requests, please try again later."],
  500: ["InternalError", "an error on the server has prevented the request from succeeding"],
  503: ["ServiceUnavailable", "the server is currently unable to handle the request"],
  504: ["Timeout", "the server was unable to return a response in the time allotted"],
};

/** What a fault answers with. @throws InputError for a code that is no error */
export function refusalOf(code: number, { reason, message, retryAfterSeconds }: FaultStatus = {}): Refusal {
  if (!Number.isInteger(code) || code < 400 || code > 599)
    throw new InputError("code", `${code} is no error; give one from 400 to 599`);
  const [usualReason = "", usualMessage = "an error by a fault of the test"] = usual[code] ?? [];
  return new Refusal(
    {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: message ?? usualMessage,
      reason: reason ?? usualReason,
      ...(retryAfterSeconds === undefined ? {} : { details: { retryAfterSeconds } }),
      code,
    },
    retryAfterSeconds === undefined ? {} : { "retry-after": [String(retryAfterSeconds)] },
  );
}
