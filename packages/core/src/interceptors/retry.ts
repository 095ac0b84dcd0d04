import { type Clock, systemClock } from "../time/clock.ts";
import { pause } from "../time/pause.ts";
import { OBJECT_LIMIT, readBytes } from "../bytes/body.ts";
import { retryAfter } from "../codec/retry-after.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { lossPauseMs, type ResendReason } from "../transport/resends.ts";
import type { ApiRequest, ApiResponse, Send } from "../transport/transport.ts";
import type { Interceptor } from "./interceptor.ts";

/**
 * Sends a request again when the server asks for it and it is safe: 429 with Retry-After for everything but evictions; 5xx with
 * Retry-After, and connections lost before an answer, only where twice is the same as once. Waits at least as long as Retry-After
 * says. How often is the call's `resends` to decide; when they do not allow it, or the call's time would be up before the wait is
 * over, the answer is handed on at once, as a StatusError with `retryAfterSeconds`. `closed` cuts every wait short: what is sent
 * then fails by itself. `clock`: that of the cluster.
 */
export function retry(closed?: AbortSignal, clock: Clock = systemClock): Interceptor {
  return (next) => async (request) => {
    for (;;) {
      const { response, error, again } = await attemptOnce(next, request, clock);
      const due =
        again !== undefined &&
        clock.now() + again.waitMs <= (request.endsAt ?? Infinity) &&
        request.resends.allow(again.reason);
      if (due) {
        response?.discard();
        await pause(clock, again.waitMs, request.signal, closed);
      } else if (response === undefined) {
        throw error;
      } else {
        return response;
      }
    }
  };
}

/** One attempt: an answer or an error, and what asks for another. */
interface Outcome {
  readonly response?: ApiResponse;
  readonly error?: unknown;
  readonly again?: { readonly reason: ResendReason; readonly waitMs: number } | undefined;
}

async function attemptOnce(next: Send, request: ApiRequest, clock: Clock): Promise<Outcome> {
  let response: ApiResponse;
  try {
    response = await next(request);
  } catch (error) {
    // `sent: "no"` is a server that cannot be reached: the caller should hear of it at once.
    const lost = error instanceof ConnectionError && error.sent === "maybe" && !error.permanent;
    return { error, again: lost ? { reason: "lost", waitMs: lossPauseMs(clock) } : undefined };
  }
  const waitMs = retryAfterMs(response, clock);
  if (waitMs === undefined) return { response };
  if (response.status === 429) return { response, again: { reason: "busy", waitMs } };
  if (response.status < 500) return { response };
  return resourceVersionTooLarge(response, request, waitMs);
}

// The server does not know such a resourceVersion yet: the caller must choose another, so waiting here only costs time.
async function resourceVersionTooLarge(response: ApiResponse, request: ApiRequest, waitMs: number): Promise<Outcome> {
  const bytes = await readBytes(response.body, OBJECT_LIMIT, "the error's body", request).catch((error: unknown) => {
    request.signal?.throwIfAborted();
    return error;
  });
  const text = bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : "";
  return {
    response: { status: response.status, headers: response.headers, body: reread(bytes), discard: () => {} },
    again: text.includes("ResourceVersionTooLarge") ? undefined : { reason: "failing", waitMs },
  };
}

/** A body that was read already, or broke. */
async function* reread(bytes: unknown): AsyncGenerator<Uint8Array> {
  if (!(bytes instanceof Uint8Array)) throw bytes;
  yield bytes;
}

/** Retry-After in milliseconds, and a tenth more at random, so that those who wait part. */
function retryAfterMs({ headers }: ApiResponse, clock: Clock): number | undefined {
  const seconds = retryAfter(headers, clock);
  return seconds === undefined ? undefined : seconds * 1000 * (1 + clock.random() * 0.1);
}
