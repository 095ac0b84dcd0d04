import { type Clock, ConnectionError, unlessAborted } from "@kubewright/core";
import type { PageAwareness } from "../events/awareness.ts";
import type { ConnectionState } from "../events/connection-state.ts";
import type { Watches } from "../events/watches.ts";
import { createHubClient, type HubClient } from "./hub-client.ts";
import type { HubKey } from "./messages.ts";
import type { Way } from "./ways.ts";

/** A hub that was lost sooner was of little use; after so many of them in a row the way is not tried again. */
const usefulMs = 10_000;
const mostUseless = 3;

/** What shared watches are made of. */
export interface SharedWatchesParts {
  /** Ways to a hub, the best first. */
  readonly ways: readonly Way[];
  /** What there is without a hub. */
  alone(): Watches;
  readonly key: HubKey;
  readonly clock: Clock;
  readonly awareness: PageAwareness;
  tell(state: ConnectionState["state"], error?: Error, since?: Date): void;
  onWarning(text: string): void;
}

/**
 * Watches that all tabs share, on the first way that works. The hub is looked for when the first watch begins. A page that falls asleep
 * lets go of it, and of being it, and looks for one again when it wakes.
 */
export function createSharedWatches(parts: SharedWatchesParts): Watches {
  const { alone, key, clock, awareness, tell, onWarning } = parts;
  const ways = [...parts.ways];
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let client: HubClient | undefined;
  let single: Watches | undefined;
  let finding: Promise<Pick<Watches, "watch">> | undefined;
  let useless = 0;
  let doubtful = false;
  let asleep: ConnectionError | undefined;
  /** Why there is none any more, until another is found. */
  let problem: ConnectionError | undefined;

  const reachable = (): void => {
    for (const listener of [...listeners]) listener();
  };

  async function find(): Promise<Pick<Watches, "watch">> {
    for (;;) {
      closing.signal.throwIfAborted();
      const [way] = ways;
      if (way === undefined) return (single ??= withoutHub());
      try {
        return await open(way);
      } catch (error) {
        closing.signal.throwIfAborted();
        if (error === asleep) throw error;
        giveUp(way, error);
      }
    }
  }

  function withoutHub(): Watches {
    const watches = alone();
    watches.onReachable(reachable);
    return watches;
  }

  function giveUp(way: Way, error: unknown): void {
    ways.shift();
    way.leave();
    useless = 0;
    const why = error instanceof Error ? error.message : "it is refused";
    const next = ways[0]?.name ?? "a connection of its own";
    onWarning(`Tabs cannot share watches by ${way.name}: ${why}. This tab uses ${next} instead`);
  }

  async function open(way: Way): Promise<HubClient> {
    const mine = createHubClient({
      way,
      key,
      clock,
      awareness,
      tell,
      onWarning,
      doubtful,
      reachable,
      lost(why, livedMs, silent) {
        if (client !== mine) return;
        doubtful = silent;
        client = undefined;
        finding = undefined;
        problem = why;
        tell("connecting", why);
        useless = livedMs < usefulMs && !way.moves ? useless + 1 : 0;
        if (useless >= mostUseless && ways.includes(way)) giveUp(way, why);
      },
    });
    client = mine;
    await mine.welcomed;
    problem = undefined;
    doubtful = false;
    return mine;
  }

  const stopSleep = awareness.onSleep(() => {
    if (client !== undefined) {
      asleep = new ConnectionError("Asleep: the page was put to sleep");
      client.leave(asleep);
      client = undefined;
      finding = undefined;
    }
    ways[0]?.leave();
  });

  return {
    async watch(watched, signal) {
      if (closing.signal.aborted) throw closing.signal.reason;
      if (finding === undefined) {
        tell("connecting", problem);
        const mine = find();
        finding = mine;
        mine.catch(() => {
          if (finding === mine) finding = undefined;
        });
      }
      const found = await unlessAborted(finding, signal);
      return found.watch(watched, signal);
    },
    onReachable(listener) {
      const mine = (): void => listener();
      listeners.add(mine);
      return () => void listeners.delete(mine);
    },
    succeeded() {
      (single ?? client)?.succeeded();
    },
    retry() {
      (single ?? client)?.retry();
    },
    close() {
      if (closing.signal.aborted) return;
      const error = new ConnectionError("Closed: the connection to the cluster was closed", { sent: "no" });
      closing.abort(error);
      stopSleep();
      client?.leave(error);
      ways[0]?.leave();
      single?.close();
      listeners.clear();
      tell("closed");
    },
  };
}
