import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type Cluster, isStatusError, type RawRequest, type RawResponse, type StatusError } from "@kubewright/core";
import { answerHeaders, answerWith } from "./answer.ts";
import { failureOf } from "./failure-of.ts";

/** Of an answer's headers, what goes on to the page. */
const passed = ["content-type", "warning", "retry-after"] as const;

/**
 * Sends a request to the API server, and its answer to the page as it comes. Ends with the page's request.
 *
 * @throws Refusal where there is no answer to pass on
 */
export async function passOn(cluster: Cluster, request: RawRequest, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once("close", leave);
  if (response.destroyed) leave();
  let answer: RawResponse;
  try {
    answer = await cluster.request({ ...request, signal: gone.signal });
  } catch (error) {
    if (gone.signal.aborted) return;
    // A 401 is the page's where the credential was; else signing in anew would not help.
    if (!isStatusError(error) || (error.statusCode === 401 && request.token === undefined)) throw failureOf(error);
    answerError(response, error);
    return;
  }
  const headers: Record<string, string> = { ...answerHeaders };
  for (const name of passed) {
    const value = answer.headers.get(name);
    if (value !== undefined) headers[name] = value;
  }
  response.writeHead(answer.status, headers);
  response.flushHeaders();
  try {
    for await (const chunk of answer.body) {
      if (!response.write(chunk)) await once(response, "drain", { signal: gone.signal });
    }
    response.end();
  } catch {
    // The page went away, or the answer broke off, which a page must not take for its end.
    response.destroy();
  }
}

function answerError(response: ServerResponse, { status, statusCode, retryAfterSeconds, body }: StatusError): void {
  if (retryAfterSeconds !== undefined) response.setHeader("retry-after", String(retryAfterSeconds));
  // Failing health checks and what runs in pods answer with text of their own. Of what is no text, only the Status is left.
  const isText = body !== undefined && body !== "" && !/[\0\ufffd]/.test(body);
  if (isText) answerWith(response, statusCode, isJson(body) ? "application/json" : "text/plain; charset=utf-8", body);
  else answerWith(response, statusCode, "application/json", JSON.stringify(status));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
