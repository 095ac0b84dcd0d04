import type { WatchHealth } from "../watch/watch-health.ts";
import type { Deletion, Held } from "./held.ts";

/**
 * One who takes part in a shared watch. All calls are synchronous, and `entries` and `health` of the membership already show what they
 * tell. None comes before `joinWatch` has returned, none after `leave()`; a consumer may join and leave within any. What a call throws is
 * thrown again on its own, and concerns no other consumer.
 */
export interface Consumer<V> {
  /**
   * Everything comes: each object by `change(undefined, object)`, then `synced`. The first call for who joins without a version. For who
   * joined at a version also when the changes since then are not known, perhaps later: what they knew no longer counts.
   */
  fresh(): void;
  /**
   * An object was created (no `before`), changed, or is gone (no `after`). Another object of the same name is two calls: gone, created.
   * `last`, of one that is gone: its final state and the version of its deletion, as far as the server told them. A deletion may come late:
   * with a version that was told already.
   */
  change(before: Held<V> | undefined, after: Held<V> | undefined, last: Held<V> | undefined): void;
  /** Only for who joined at a version: this object was deleted since. */
  missed(deletion: Deletion<V>): void;
  /**
   * All there was at this version has come: after what joining brings, and after each list that came anew. Such a list is one synchronous
   * step: all its changes, then this.
   */
  synced(resourceVersion: string): void;
  /** Every change up to this version has come. */
  progress(resourceVersion: string): void;
  /** The state changed. Not told on joining: the membership has it. */
  health(health: WatchHealth): void;
}

/** One consumer's part in a shared watch. */
export interface Membership<V> {
  /**
   * All objects by key, as of now; empty until the consumer is told of them. A list that comes anew puts another map in its place: read it
   * from here each time.
   */
  readonly entries: ReadonlyMap<string, Held<V>>;
  /** How the watch stands. */
  readonly health: WatchHealth;
  /** Ends it; the watch ends with its last consumer. Harmless when repeated. */
  leave(): void;
}

/** How to join a shared watch. */
export interface Join {
  /** Tell only what is newer than this resourceVersion, oldest first. Default: everything. */
  readonly from?: string | undefined;
  /** The watch goes on until this aborts, even when nobody takes part any more. */
  readonly keep?: AbortSignal | undefined;
}
