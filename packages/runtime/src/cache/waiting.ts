import { type CallOptions, type Clock, TimeoutError } from "@kubewright/core";

/** What a wait is for. */
export interface Wanting {
  /** Whether it has come. What it throws ends the wait. */
  readonly come: () => boolean;
  /** What did not happen when the time is up, for the error. */
  readonly missing: () => string;
  /** What has gone wrong meanwhile, for the error. */
  readonly trouble: () => Error | undefined;
}

/** Waits for states of something that says when it changes. */
export class Waiting {
  readonly #clock: Clock;
  readonly #looks = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something changed. */
  changed(): void {
    for (const look of this.#looks) look();
  }

  /** Resolves when it has come, which it may have already. */
  for(
    { come, missing, trouble }: Wanting,
    { signal, timeoutMs = Infinity }: Pick<CallOptions, "signal" | "timeoutMs">,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (come()) {
        resolve();
        return;
      }
      let stopClock = (): void => {};
      const end = (): void => {
        stopClock();
        this.#looks.delete(look);
        signal?.removeEventListener("abort", abort);
      };
      const fail = (error: unknown): void => {
        end();
        reject(error as Error);
      };
      const abort = (): void => fail(signal?.reason);
      const look = (): void => {
        try {
          if (!come()) return;
          end();
          resolve();
        } catch (error) {
          fail(error);
        }
      };
      this.#looks.add(look);
      signal?.addEventListener("abort", abort);
      if (timeoutMs === Infinity) return;
      stopClock = this.#clock.after(timeoutMs, () => {
        const cause = trouble();
        const why = cause === undefined ? "" : ` (${cause.message})`;
        fail(new TimeoutError(timeoutMs, { what: `${missing()}${why}`, cause }));
      });
    });
  }
}
