import type { RequestInfo } from "../errors/kube-error.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import type { CallOptions } from "../types/options.ts";

/** 24 days in milliseconds: setTimeout holds 31 bits and takes a longer wait for none at all. */
export const LONGEST_WAIT: number = 2 ** 31 - 1;

/** The signal of one call: aborted by the caller's signal with its reason, or with a TimeoutError when the time is up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** When the time is up, by `performance.now()`. */
  readonly endsAt: number;
  /** Stops the clock; the caller's signal goes on to count. */
  stopClock(): void;
  /** Lets go of the timer and of the caller's signal. Every path must come here. */
  end(): void;
}

/** Begins the clock of a call. */
export function startDeadline(options: CallOptions, defaultMs: number, request: RequestInfo): Deadline {
  const { signal: outer, timeoutMs = defaultMs } = options;
  outer?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(outer?.reason);
  outer?.addEventListener("abort", abort);
  const timer =
    timeoutMs > LONGEST_WAIT
      ? undefined
      : setTimeout(() => controller.abort(new TimeoutError(timeoutMs, { request })), timeoutMs);
  const stopClock = (): void => clearTimeout(timer);
  return {
    signal: controller.signal,
    endsAt: performance.now() + timeoutMs,
    stopClock,
    end: () => {
      stopClock();
      outer?.removeEventListener("abort", abort);
    },
  };
}
