import type { Clock } from "@kubewright/core";

/** Keeps watches for a while after their last page has left: one that reloads, or lost its connection, goes on with what it knows. */
export interface KeptWatches {
  /** Somebody watches; `keep` is for the relay. */
  hold(key: string): { readonly keep: AbortSignal; letGo(): void };
  /** Keeps nothing any more. */
  close(): void;
}

/** How long, in milliseconds. */
const keptMs = 60_000;

interface Kept {
  readonly ending: AbortController;
  holders: number;
  /** Calls off the end. */
  stay(): void;
}

export function createKeptWatches(clock: Clock): KeptWatches {
  const watches = new Map<string, Kept>();

  function end(key: string): void {
    const kept = watches.get(key);
    watches.delete(key);
    kept?.stay();
    kept?.ending.abort();
  }

  return {
    hold(key) {
      const kept = watches.get(key) ?? { ending: new AbortController(), holders: 0, stay() {} };
      watches.set(key, kept);
      kept.holders += 1;
      kept.stay();
      return {
        keep: kept.ending.signal,
        letGo() {
          kept.holders -= 1;
          if (kept.holders === 0 && watches.get(key) === kept) kept.stay = clock.after(keptMs, () => end(key));
        },
      };
    },
    close() {
      for (const key of watches.keys()) end(key);
    },
  };
}
