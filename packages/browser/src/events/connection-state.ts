import { Audience } from "../store/audience.ts";
import type { Store } from "../store/store.ts";

/**
 * How the connection stands that brings what changes.
 *
 * - `idle`: nothing is watched. `connecting`: it is being made. `connected`: all is well.
 * - `waiting`: it was lost or refused (`error`), and is tried again soon. `offline`: it was lost, and the browser has no network.
 * - `signedOut`: the proxy does not know, or no longer knows, who this is. `closed`: the cluster was closed.
 */
export interface ConnectionState {
  readonly state: "idle" | "connecting" | "connected" | "waiting" | "offline" | "signedOut" | "closed";
  /** Since when. */
  readonly since: Date;
  /** What went wrong, until it is connected again; undefined while all is well. */
  readonly error: Error | undefined;
}

/** A store of it, and what changes it. */
export interface WritableConnection extends Store<ConnectionState> {
  /** The connection stands so from now on. What is no change is not told. */
  set(state: ConnectionState["state"], error?: Error, since?: Date): void;
}

/** Begins as `idle`. `wallNow` says what time it is. */
export function createConnectionStore(wallNow: () => number): WritableConnection {
  const audience = new Audience<ConnectionState>();
  let now: ConnectionState = { state: "idle", since: new Date(wallNow()), error: undefined };
  return {
    getSnapshot: () => now,
    subscribe: (listener) => audience.add(listener, now),
    set(state, error, since) {
      if (state === now.state && error?.message === now.error?.message) return;
      now = { state, since: since ?? (state === now.state ? now.since : new Date(wallNow())), error };
      audience.tell(now);
    },
  };
}
