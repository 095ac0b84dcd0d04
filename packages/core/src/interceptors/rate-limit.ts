import { pause } from "../client/pause.ts";
import { InputError } from "../errors/input-error.ts";
import type { Interceptor } from "./interceptor.ts";

/** A token bucket before the sending of requests, as client-go's QPS and Burst. Watches pass freely, as there. */
export interface RateLimit {
  /** Requests per second in the long run. */
  readonly qps: number;
  /** Requests that may go at once after a quiet time. Default: `qps` rounded up. */
  readonly burst?: number | undefined;
}

/** Makes requests wait so that no more than `qps` per second go out; in the order they came. */
export function rateLimit({ qps, burst = Math.ceil(qps) }: RateLimit): Interceptor {
  if (!(qps > 0 && Number.isFinite(qps))) throw new InputError("rateLimit.qps", "it must be a number above 0");
  if (!(burst >= 1 && Number.isFinite(burst)))
    throw new InputError("rateLimit.burst", "it must be a number of at least 1");
  let tokens = burst;
  let counted = performance.now();
  return (next) => async (request) => {
    if (!request.streaming) {
      const now = performance.now();
      tokens = Math.min(burst, tokens + ((now - counted) / 1000) * qps);
      counted = now;
      // Below zero, the bucket is what those who wait have taken ahead.
      tokens -= 1;
      if (tokens < 0) {
        try {
          await pause((-tokens / qps) * 1000, request.signal);
        } catch (error) {
          tokens += 1;
          throw error;
        }
      }
    }
    return next(request);
  };
}
