import type { StatusError } from "@kubewright/core";
import type { WholeAnswer } from "./answer.ts";

/** What the API server refused with, for the page. */
export function errorAnswer({ status, statusCode, retryAfterSeconds, body }: StatusError): WholeAnswer {
  const retryAfter = retryAfterSeconds === undefined ? undefined : { "retry-after": String(retryAfterSeconds) };
  // Failing health checks and what runs in pods answer with text of their own. Of what is no text, only the Status is left.
  const isText = body !== undefined && body !== "" && !/[\0\ufffd]/.test(body);
  if (!isText) return { status: statusCode, type: "application/json", body: JSON.stringify(status), more: retryAfter };
  return {
    status: statusCode,
    type: isJson(body) ? "application/json" : "text/plain; charset=utf-8",
    body,
    more: retryAfter,
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
