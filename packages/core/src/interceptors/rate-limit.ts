import { InputError } from "../errors/input-error.ts";
import { type Clock, systemClock } from "../time/clock.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { Interceptor } from "./interceptor.ts";

/** A token bucket before the sending of requests, as client-go's QPS and Burst. Watches pass freely, as there. */
export interface RateLimit {
  /** Requests per second in the long run. */
  readonly qps: number;
  /** Requests that may go at once after a quiet time. Default: `qps` rounded up. */
  readonly burst?: number | undefined;
}

/** What a rate limit has to do with beside requests. */
interface Around {
  /** Lets all go: what is sent then fails by itself. */
  readonly closed?: AbortSignal | undefined;
  /** Is told of each request how long it waited, 0 too. */
  readonly onTurn?: ((request: ApiRequest, seconds: number) => void) | undefined;
  /** That of the cluster. Default: the platform's time. */
  readonly clock?: Clock | undefined;
}

// What a sum of many small fractions may lack.
const almostOne = 1 - 1e-9;

/**
 * Makes requests wait so that no more than `qps` per second go out, in the order they came; who is aborted leaves the place to those
 * behind.
 */
export function rateLimit(
  { qps, burst = Math.ceil(qps) }: RateLimit,
  { closed, onTurn, clock = systemClock }: Around = {},
): Interceptor {
  if (!(qps > 0 && Number.isFinite(qps))) throw new InputError("rateLimit.qps", "it must be a number above 0");
  if (!(burst >= 1 && Number.isFinite(burst)))
    throw new InputError("rateLimit.burst", "it must be a number of at least 1");
  const waiting = new Set<() => void>();
  let tokens = burst;
  let counted = clock.now();
  let stopTimer = (): void => {};

  function admit(): void {
    const now = clock.now();
    tokens = Math.min(burst, tokens + ((now - counted) / 1000) * qps);
    counted = now;
    stopTimer();
    for (const go of waiting) {
      if (tokens < almostOne && !closed?.aborted) {
        stopTimer = clock.after(((1 - tokens) / qps) * 1000, admit);
        return;
      }
      tokens -= 1;
      go();
    }
  }

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const go = (): void => {
        leave();
        resolve();
      };
      const leave = (): void => {
        waiting.delete(go);
        if (waiting.size === 0) stopTimer();
        signal?.removeEventListener("abort", aborted);
      };
      const aborted = (): void => {
        leave();
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", aborted);
      waiting.add(go);
      admit();
    });
  }

  closed?.addEventListener("abort", admit);
  return (next) => async (request) => {
    if (request.streaming) return next(request);
    const came = clock.now();
    await turn(request.signal);
    onTurn?.(request, (clock.now() - came) / 1000);
    return next(request);
  };
}
