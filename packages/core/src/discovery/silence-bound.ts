import { KubeError } from "../errors/kube-error.ts";

/** Bounds parallel reads by the silence after the last answer to any of them, not by time: many slow ones may go on. */
export interface SilenceBound {
  within<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Lets go of the clock. */
  end(): void;
}

export function createSilenceBound(longestMs: number): SilenceBound {
  const silent = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      silent.abort(new KubeError(`Silent: no answer within ${longestMs} ms, while the others were there`));
    }, longestMs);
  };
  return {
    async within(read) {
      if (timer === undefined) listen();
      try {
        return await read(silent.signal);
      } finally {
        if (!silent.signal.aborted) listen();
      }
    },
    end: () => clearTimeout(timer),
  };
}
