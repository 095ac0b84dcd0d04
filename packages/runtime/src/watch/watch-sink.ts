import type { WatchHealth } from "./watch-health.ts";

/** Takes what a running watch says, in order. */
export interface WatchSink<T> {
  /** The collection comes anew; see WatcherEvent. */
  init(): void;
  /** A created or changed object, or one of what comes anew. A promise holds back what comes next, and so the socket. */
  apply(object: T): void | Promise<void>;
  /** An object is gone; this was its last state. */
  delete(object: T): void | Promise<void>;
  /** All there was at this version has come. */
  synced(resourceVersion: string): void | Promise<void>;
  /** Every change up to this version has come; after a bookmark, and after each change. */
  progress(resourceVersion: string): void;
  /** Objects may have come and gone unseen until this version; told before what comes then. */
  unseen?(until: string): void;
  /** The state changed. */
  health(health: WatchHealth): void;
}
