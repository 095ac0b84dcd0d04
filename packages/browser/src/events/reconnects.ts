import { type Clock, ConnectionError, isStatusError, isUnauthorized, RedirectError } from "@kubewright/core";
import type { Awareness } from "./awareness.ts";
import type { ConnectionState } from "./connection-state.ts";
import { apartMs, doubtMs, patientMs, pauseMs } from "./pauses.ts";

/** Says when a connection that was lost may be tried again: this alone, however many wait for it and however often they ask. */
export interface Reconnects {
  /** Why it may not be tried now; undefined when it may. */
  readonly error: Error | undefined;
  /** It is being tried. */
  trying(): void;
  /** It was lost or refused. `proven`: after it had worked. */
  wait(error: Error, proven: boolean): void;
  /** As {@link Watches.onReachable}. */
  onReachable(listener: () => void): () => void;
  /** As {@link Watches.succeeded}. */
  succeeded(): void;
  /** As {@link Watches.retry}; no sooner than whoever answered was willing. */
  retry(): void;
  /** No more tries. */
  close(): void;
}

/** What reconnects are made of. */
export interface ReconnectsParts {
  readonly clock: Clock;
  readonly awareness: Awareness;
  tell(state: ConnectionState["state"], error?: Error): void;
  /** The network may be another: a connection that was silent for as long is not to be trusted. */
  doubted(silentMs: number): void;
  /** Whether anybody still needs a connection. */
  needed(): boolean;
}

/** How long somebody who waits may take to come again, in milliseconds. */
const returnMs = 2000;

/** Begins with a connection that may be tried. */
export function createReconnects({ clock, awareness, tell, doubted, needed }: ReconnectsParts): Reconnects {
  const listeners = new Set<() => void>();
  let barred: { readonly error: Error; readonly signedOut: boolean; readonly notBefore: number } | undefined;
  let failures = 0;
  let triedAt = -Infinity;
  let cancel: (() => void) | undefined;
  let { online, visible } = awareness;

  function open(): void {
    if (barred === undefined) return;
    const { error } = barred;
    barred = undefined;
    tell("connecting", error);
    for (const listener of [...listeners]) listener();
    cancel = clock.after(returnMs, () => {
      if (barred === undefined && !needed()) tell("idle");
    });
  }

  /** Opens as soon as the last try is long enough ago, and whoever answered is willing. */
  function openSoon(): void {
    if (barred === undefined) return;
    cancel?.();
    cancel = clock.after(Math.max(triedAt + apartMs, barred.notBefore) - clock.now(), open);
  }

  const stopAwareness = awareness.onChange(() => {
    const better = (awareness.online && !online) || (awareness.visible && !visible);
    ({ online, visible } = awareness);
    if (barred !== undefined && !barred.signedOut) tell(online ? "waiting" : "offline", barred.error);
    if (!better) return;
    if (online) doubted(doubtMs);
    openSoon();
  });

  return {
    get error() {
      return barred?.error;
    },
    trying() {
      cancel?.();
      triedAt = clock.now();
    },
    wait(error, proven) {
      failures = proven ? 0 : failures + 1;
      const signedOut = isUnauthorized(error) || error instanceof RedirectError;
      // A browser may be wrong about its network, above all where the proxy is on the same machine: so it is tried, now and then.
      const patient = signedOut || (!online && !proven);
      const pause = (patient ? patientMs : pauseMs.bind(undefined, failures))(visible, clock.random());
      const willing = isStatusError(error) ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
      barred = { error, signedOut, notBefore: clock.now() + willing };
      cancel?.();
      cancel = clock.after(Math.max(pause, willing), open);
      tell(signedOut ? "signedOut" : online ? "waiting" : "offline", error);
    },
    onReachable(listener) {
      const mine = (): void => listener();
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
    succeeded() {
      if (barred?.signedOut === true) openSoon();
    },
    retry: openSoon,
    close() {
      cancel?.();
      stopAwareness();
      listeners.clear();
      barred = {
        error: new ConnectionError("Closed: the connection to the cluster was closed"),
        signedOut: false,
        notBefore: 0,
      };
    },
  };
}
