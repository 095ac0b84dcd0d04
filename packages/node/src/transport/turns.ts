/** Lets only so many go on at a time; the others wait, first come, first served. */
export interface Turns {
  /** Takes a turn, unless somebody would have to wait for it. */
  take(): boolean;
  /** Resolves with a turn. Rejects with the signal's reason, and then has none. */
  wait(signal: AbortSignal): Promise<void>;
  /** Gives a turn back. */
  end(): void;
  /** Not even those who have a turn can all go on: fewer get one from now on. False if only one has. */
  narrow(): boolean;
  /** One more can go on again, up to the first bound. */
  widen(): void;
}

export function createTurns(most: number): Turns {
  let allowed = most;
  let taken = 0;
  const waiting = new Set<() => void>();

  const grant = (): void => {
    for (const begin of waiting) {
      if (taken >= allowed) return;
      waiting.delete(begin);
      taken += 1;
      begin();
    }
  };

  return {
    take() {
      if (taken >= allowed || waiting.size > 0) return false;
      taken += 1;
      return true;
    },
    wait(signal) {
      return new Promise((resolve, reject) => {
        const begin = (): void => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        const leave = (): void => {
          waiting.delete(begin);
          reject(signal.reason);
        };
        if (signal.aborted) return leave();
        signal.addEventListener("abort", leave, { once: true });
        waiting.add(begin);
        grant();
      });
    },
    end() {
      taken -= 1;
      grant();
    },
    narrow() {
      if (taken <= 1) return false;
      allowed = taken - 1;
      return true;
    },
    widen() {
      if (allowed >= most) return;
      allowed += 1;
      grant();
    },
  };
}
