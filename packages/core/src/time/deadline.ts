import type { RequestInfo } from "../errors/kube-error.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import type { CallOptions } from "../types/options.ts";
import type { Clock } from "./clock.ts";

/** The signal of one call: aborted by the caller's signal with its reason, or with a TimeoutError when the time is up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** When the time is up, by the clock. */
  readonly endsAt: number;
  /** Stops the clock; the caller's signal goes on to count. */
  stopClock(): void;
  /** Lets go of the timer and of the caller's signal. Every path must come here. */
  end(): void;
}

/** What a cluster says of every deadline. */
export interface Timing {
  readonly clock: Clock;
  /** Default bound of a call, in milliseconds. */
  readonly timeoutMs: number;
}

/** Begins the clock of a call. */
export function startDeadline(timing: Timing, options: CallOptions, request: RequestInfo): Deadline {
  const { clock } = timing;
  const { signal: outer, timeoutMs = timing.timeoutMs } = options;
  outer?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(outer?.reason);
  outer?.addEventListener("abort", abort);
  const stopClock =
    timeoutMs === Infinity
      ? (): void => {}
      : clock.after(timeoutMs, () => controller.abort(new TimeoutError(timeoutMs, { request })));
  return {
    signal: controller.signal,
    endsAt: clock.now() + timeoutMs,
    stopClock,
    end: () => {
      stopClock();
      outer?.removeEventListener("abort", abort);
    },
  };
}
