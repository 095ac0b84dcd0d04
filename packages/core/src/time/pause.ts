import { LONGEST_WAIT } from "./deadline.ts";

/** Waits, at most 24 days; an abort ends the wait at once with the signal's reason. `cut` ends it at once too, but as if it were over. */
export function pause(ms: number, signal?: AbortSignal, cut?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      cut?.removeEventListener("abort", end);
      resolve();
    };
    const abort = (): void => {
      reject(signal?.reason as Error);
      end();
    };
    const timer = setTimeout(end, cut?.aborted ? 0 : Math.min(ms, LONGEST_WAIT));
    signal?.addEventListener("abort", abort);
    cut?.addEventListener("abort", end);
  });
}
