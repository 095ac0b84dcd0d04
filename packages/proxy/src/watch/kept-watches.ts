import type { Clock } from "@kubewright/core";
import type { Identity } from "../guard/identity.ts";

/** Keeps watches for a while after their last page has left: one that reloads, or lost its connection, goes on with what it knows. */
export interface KeptWatches {
  /** Somebody watches this collection. */
  hold(identity: Identity, collection: unknown): HeldWatch;
  /** Keeps nothing any more. */
  close(): void;
}

/** A watch that somebody takes part in. */
export interface HeldWatch {
  /** For the relay: aborts when the watch is no longer kept. */
  readonly keep: AbortSignal;
  /** Somebody left. */
  letGo(): void;
  /** It is not worth keeping, whoever else takes part. */
  drop(): void;
}

/** How long, in milliseconds, and how many of one identity: the oldest make room. */
const keptMs = 60_000;
const mostKept = 50;

interface Kept {
  readonly ending: AbortController;
  holders: number;
  /** Calls off the end. */
  stay(): void;
}

/** Keeps none yet. */
export function createKeptWatches(clock: Clock): KeptWatches {
  /** By identity and collection; those without a page by age, behind all others. */
  const identities = new Map<string, Map<string, Kept>>();

  function end(identity: string, key: string): void {
    const watches = identities.get(identity);
    const kept = watches?.get(key);
    watches?.delete(key);
    if (watches?.size === 0) identities.delete(identity);
    kept?.stay();
    kept?.ending.abort();
  }

  function makeRoom(identity: string, watches: ReadonlyMap<string, Kept>): void {
    const left = [...watches].filter(([, { holders }]) => holders === 0);
    for (const [key] of left.slice(0, -mostKept)) end(identity, key);
  }

  return {
    hold({ key: identity }, collection) {
      const watches = identities.get(identity) ?? new Map<string, Kept>();
      identities.set(identity, watches);
      const key = JSON.stringify(collection);
      const kept = watches.get(key) ?? { ending: new AbortController(), holders: 0, stay() {} };
      watches.set(key, kept);
      kept.holders += 1;
      kept.stay();
      return {
        keep: kept.ending.signal,
        letGo() {
          kept.holders -= 1;
          if (kept.holders > 0 || kept.ending.signal.aborted) return;
          watches.delete(key);
          watches.set(key, kept);
          kept.stay = clock.after(keptMs, () => end(identity, key));
          makeRoom(identity, watches);
        },
        drop() {
          if (watches.get(key) === kept) end(identity, key);
        },
      };
    },
    close() {
      for (const [identity, watches] of identities) for (const key of watches.keys()) end(identity, key);
    },
  };
}
