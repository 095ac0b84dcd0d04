import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { headerBytes, isStatusError, type RawRequest, type RawResponse } from "@kubewright/core";
import { answerHeaders, answerWith } from "./answer.ts";
import { errorAnswer } from "./error-answer.ts";
import { failureOf } from "./failure-of.ts";
import type { Settings } from "./settings.ts";

/** Of an answer's headers, what goes on to the page. */
const passed = ["content-type", "warning", "retry-after"] as const;

/**
 * Sends a request to the API server, and its answer to the page as it comes. Ends with the request's signal.
 *
 * @throws Refusal where there is no answer to pass on
 */
export async function passOn(
  { cluster, clock, limits }: Pick<Settings, "cluster" | "clock" | "limits">,
  request: RawRequest & { readonly signal: AbortSignal },
  response: ServerResponse,
): Promise<void> {
  const { signal } = request;
  let answer: RawResponse;
  try {
    answer = await cluster.request(request);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    // A 401 is the page's where the credential was; else signing in anew would not help.
    if (!isStatusError(error) || (error.statusCode === 401 && request.token === undefined)) throw failureOf(error);
    answerWith(response, errorAnswer(error));
    return;
  }
  const headers: Record<string, string> = { ...answerHeaders };
  for (const name of passed) {
    const value = answer.headers.get(name);
    if (value !== undefined) headers[name] = headerBytes(value);
  }
  response.writeHead(answer.status, headers);
  // The head goes now. Node's own flushHeaders() would write its bytes as UTF-8, and so twice.
  response.write(new Uint8Array());
  /** Waits until the page took what waits for it. */
  const taken = async (event: "drain" | "finish"): Promise<void> => {
    const callOff = clock.after(limits.stallMs, () => response.destroy());
    try {
      await once(response, event, { signal });
    } finally {
      callOff();
    }
  };
  try {
    for await (const chunk of answer.body) if (!response.write(chunk)) await taken("drain");
    response.end();
    if (!response.writableFinished) await taken("finish");
  } catch {
    // The page went away, or the answer broke off, which a page must not take for its end.
    response.destroy();
  }
}
