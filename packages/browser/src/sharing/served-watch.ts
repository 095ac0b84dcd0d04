import { type Cluster, nextTurn } from "@kubewright/core";
import type { RelayEvent } from "@kubewright/runtime/relay";
import type { ConnectionState } from "../events/connection-state.ts";
import type { Store } from "../store/store.ts";
import { failureOf, type ToHub, type ToTab } from "./messages.ts";
import { relayWatched } from "./relay-watched.ts";

/** How much may be on its way to a tab; beyond, the newest state of each object waits here. */
const mostEvents = 500;
const mostBytes = 4 * 1024 * 1024;

/** One watch of a tab. */
export interface ServedWatch {
  /** The tab took so many events. */
  taken(count: number): void;
  end(): void;
}

/** What a served watch is made of. */
export interface ServedWatchParts {
  readonly cluster: Cluster;
  readonly connection: Store<ConnectionState>;
  readonly message: ToHub & { readonly type: "watch" };
  say(message: ToTab): void;
  over(id: number): void;
}

/** States of the connection in which nothing can begin; what runs already waits for better ones. */
const barred: readonly ConnectionState["state"][] = ["waiting", "offline", "signedOut"];

/** Follows a collection for a tab, on what all tabs share. */
export function serveWatch({ cluster, connection, message, say, over }: ServedWatchParts): ServedWatch {
  const { id, watched } = message;
  const ending = new AbortController();
  const { signal } = ending;
  /** Sizes of what is on its way, oldest first. */
  const unread: number[] = [];
  let unreadBytes = 0;
  let room: (() => void) | undefined;
  let batch: RelayEvent[] = [];

  function flush(): void {
    if (batch.length === 0 || signal.aborted) return;
    const events = batch;
    batch = [];
    say({ type: "events", id, events });
  }

  async function follow(): Promise<void> {
    for await (const event of await relayWatched(cluster, watched, signal)) {
      batch.push(event);
      unread.push(event.data.length);
      unreadBytes += event.data.length;
      // What came in one turn goes out in one message.
      if (batch.length === 1) void nextTurn().then(flush);
      while (!signal.aborted && (unread.length >= mostEvents || unreadBytes >= mostBytes)) {
        flush();
        await new Promise<void>((resolve) => (room = resolve));
      }
    }
    flush();
  }

  function fail(error: unknown): void {
    if (signal.aborted) return;
    flush();
    say({ type: "failed", id, failure: failureOf(error) });
    end();
  }

  function end(): void {
    if (signal.aborted) return;
    ending.abort();
    room?.();
    stopAccepting?.();
    over(id);
  }

  // It was taken once the server can be heard: before, nobody knows.
  let accepted = false;
  const stopAccepting = connection.subscribe(({ state, error }) => {
    if (accepted || signal.aborted) return;
    if (state === "connected") {
      accepted = true;
      say({ type: "accepted", id });
    } else if (barred.includes(state) && error !== undefined) {
      queueMicrotask(() => fail(error));
    }
  });
  follow().then(end, fail);

  return {
    taken(count) {
      for (const size of unread.splice(0, count)) unreadBytes -= size;
      room?.();
    },
    end,
  };
}
