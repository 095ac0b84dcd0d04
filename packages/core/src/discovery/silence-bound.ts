import { KubeError } from "../errors/kube-error.ts";
import type { Clock } from "../time/clock.ts";

/** Bounds parallel reads by the silence after the last answer to any of them, not by time: many slow ones may go on. */
export interface SilenceBound {
  within<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Lets go of the clock. */
  end(): void;
}

export function createSilenceBound(clock: Clock, longestMs: number): SilenceBound {
  const silent = new AbortController();
  let stop: (() => void) | undefined;
  const listen = (): void => {
    stop?.();
    stop = clock.after(longestMs, () => {
      silent.abort(new KubeError(`Silent: no answer within ${longestMs} ms, while the others were there`));
    });
  };
  return {
    async within(read) {
      if (stop === undefined) listen();
      try {
        return await read(silent.signal);
      } finally {
        if (!silent.signal.aborted) listen();
      }
    },
    end: () => stop?.(),
  };
}
