import { pause } from "../time/pause.ts";
import { OBJECT_LIMIT, readBytes } from "../bytes/body.ts";
import { retryAfter } from "../codec/retry-after.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { ApiRequest, ApiResponse } from "../transport/transport.ts";
import type { Interceptor } from "./interceptor.ts";

/** How often one request may be sent again; client-go's maxRetries (rest/request.go). */
const maxRetries = 10;

/** Retries that a cluster may have beyond its share, and the share that each first attempt adds. */
const budget = { most: 10, perRequest: 0.1 } as const;

/**
 * Sends a request again when the server asks for it and it is safe: 429 with Retry-After for everything but evictions; 5xx with
 * Retry-After, and connections lost before an answer, only where twice is the same as once. Waits at least as long as Retry-After
 * says. A budget of the whole cluster (10 retries, and one more for every ten requests) keeps a storm of refusals from growing:
 * when it is empty, or the call's time would be up before the wait is over, the answer is handed on at once, as a StatusError with
 * `retryAfterSeconds`. One connection that breaks takes many reads with it, so the first retry of each after a loss is not counted.
 * `closed` cuts every wait short: what is sent then fails by itself.
 */
export function retry(closed?: AbortSignal): Interceptor {
  let left: number = budget.most;
  return (next) => async (request) => {
    left = Math.min(budget.most, left + budget.perRequest);
    for (let attempt = 0; ; attempt++) {
      const outcome = await attemptOnce(next, request);
      if (outcome.waitMs === undefined || attempt >= maxRetries) return finish(outcome);
      if (performance.now() + outcome.waitMs > (request.endsAt ?? Infinity)) return finish(outcome);
      const free = attempt === 0 && outcome.response === undefined;
      if (!free && left < 1) return finish(outcome);
      if (!free) left -= 1;
      if (outcome.response !== undefined) outcome.response.discard();
      await pause(outcome.waitMs, request.signal, closed);
    }
  };
}

/** One attempt: an answer or an error, and how long to wait before another; undefined when there is to be none. */
interface Outcome {
  readonly response?: ApiResponse;
  readonly error?: unknown;
  readonly waitMs: number | undefined;
}

async function attemptOnce(next: (request: ApiRequest) => Promise<ApiResponse>, request: ApiRequest): Promise<Outcome> {
  let response: ApiResponse;
  try {
    response = await next(request);
  } catch (error) {
    // `sent: "no"` is a server that cannot be reached: the caller should hear of it at once.
    const lost = error instanceof ConnectionError && error.sent === "maybe" && !error.permanent;
    const again = lost && request.method === "GET";
    return { error, waitMs: again ? 50 + Math.random() * 50 : undefined };
  }
  const after = retryAfterMs(response);
  if (after === undefined) return { response, waitMs: undefined };
  if (response.status === 429) return { response, waitMs: request.replay === "never" ? undefined : after };
  if (response.status < 500 || request.replay !== "safe") return { response, waitMs: undefined };
  return resourceVersionTooLarge(response, request, after);
}

// The server does not know such a resourceVersion yet: the caller must choose another, so waiting here only costs time.
async function resourceVersionTooLarge(response: ApiResponse, request: ApiRequest, after: number): Promise<Outcome> {
  const bytes = await readBytes(response.body, OBJECT_LIMIT, "the error's body", request).catch((error: unknown) => {
    request.signal?.throwIfAborted();
    return error;
  });
  const text = bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : "";
  return {
    response: { status: response.status, headers: response.headers, body: again(bytes), discard: () => {} },
    waitMs: text.includes("ResourceVersionTooLarge") ? undefined : after,
  };
}

/** A body that was read already, or broke. */
async function* again(bytes: unknown): AsyncGenerator<Uint8Array> {
  if (!(bytes instanceof Uint8Array)) throw bytes;
  yield bytes;
}

function finish({ response, error }: Outcome): ApiResponse {
  if (response === undefined) throw error;
  return response;
}

/** Retry-After in milliseconds, and a tenth more at random, so that those who wait part. */
function retryAfterMs({ headers }: ApiResponse): number | undefined {
  const seconds = retryAfter(headers);
  return seconds === undefined ? undefined : seconds * 1000 * (1 + Math.random() * 0.1);
}
