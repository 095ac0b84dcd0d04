import type { Clock } from "./clock.ts";

/** Waits; an abort ends the wait at once with the signal's reason. `cut` ends it at once too, but as if it were over. */
export function pause(clock: Clock, ms: number, signal?: AbortSignal, cut?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = (): void => {
      stop();
      signal?.removeEventListener("abort", abort);
      cut?.removeEventListener("abort", end);
      resolve();
    };
    const abort = (): void => {
      reject(signal?.reason as Error);
      end();
    };
    const stop = clock.after(cut?.aborted ? 0 : ms, end);
    signal?.addEventListener("abort", abort);
    cut?.addEventListener("abort", end);
  });
}
