import type { RelayEvent, WatchRequest } from "@kubewright/runtime/relay";

/** One collection, as it is to be followed. */
export type Watched = Omit<WatchRequest, "id">;

/** Events that came together. */
export type Batch = readonly RelayEvent[];

/** What follows collections, over one connection for all of them. */
export interface Watches {
  /**
   * Follows a collection until `signal` aborts. Resolves when its first event is there, or when it was taken and none comes. Rejects,
   * and breaks off, with a StatusError for what the server refuses, with a ConnectionError when the connection is lost; an `error`
   * event that comes later is the last one. @throws NotServedError where the server has no such connection
   */
  watch(watched: Watched, signal: AbortSignal | undefined): Promise<AsyncIterable<Batch>>;
  /** Calls `listener` each time that what broke off is worth another try at once; gives what ends that. */
  onReachable(listener: () => void): () => void;
  /** A request went through by another way: whoever waits for that need not wait any longer. */
  succeeded(): void;
  /** Somebody does not want to wait: what was lost or refused is tried at once. */
  retry(): void;
  /** Ends everything. */
  close(): void;
}

/** Behind the address is no proxy of Kubewright's, such as with `kubectl proxy`: it takes no subscriptions. */
export class NotServedError extends Error {
  override readonly name = "NotServedError";
}
