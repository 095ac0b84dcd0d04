/** Web Locks, as far as they are used. */
export interface PlatformLocks {
  request(
    name: string,
    options: { readonly steal?: boolean; readonly signal?: AbortSignal },
    held: () => Promise<void>,
  ): Promise<unknown>;
}

/** Who of all tabs has an office; one at a time. */
export interface Candidacy {
  /** Takes the office from who has it, and does not answer. */
  take(): void;
  /** Leaves it, or the queue for it. */
  withdraw(): void;
}

/** What a tab does once it has the office. */
export interface Office {
  /** Begins it; gives what ends it. */
  begin(): () => void;
  /** Another tab took it, for this one did not answer: asleep, perhaps. It stands for it no longer. */
  taken(): void;
  /** The platform gives no locks. */
  failed(error: unknown): void;
}

/** Queues for an office; a tab that is closed, or dies, leaves it to the next. */
export function standFor(locks: PlatformLocks, name: string, { begin, taken, failed }: Office): Candidacy {
  const withdrawn = new AbortController();
  const { signal } = withdrawn;
  let end: (() => void) | undefined;

  async function hold(): Promise<void> {
    if (signal.aborted) return;
    const stop = begin();
    await new Promise<void>((resolve) => {
      end = () => {
        end = undefined;
        stop();
        resolve();
      };
      signal.addEventListener("abort", () => end?.());
    });
  }

  async function stand(steal: boolean): Promise<void> {
    try {
      // A signal cannot be given with `steal`, which never waits.
      await locks.request(name, steal ? { steal } : { signal }, hold);
    } catch (error) {
      if (signal.aborted) return;
      const stolen = error instanceof Error && error.name === "AbortError";
      // Also leaves the queue, in which a tab that took the office stands once more.
      withdrawn.abort();
      if (stolen) taken();
      else failed(error);
    }
  }

  void stand(false);
  return {
    take() {
      if (end === undefined) void stand(true);
    },
    withdraw: () => withdrawn.abort(),
  };
}
