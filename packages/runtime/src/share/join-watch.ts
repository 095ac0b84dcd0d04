import type { ResourceSource, SourceConnection } from "@kubewright/core";
import { runWatch } from "../watch/run-watch.ts";
import type { WatchSettings } from "../watch/watch-settings.ts";
import type { Consumer, Join, Membership } from "./consumer.ts";
import type { Hold } from "./held.ts";
import { type SharedWatch, startSharedWatch } from "./shared-watch.ts";

const watches = new WeakMap<SourceConnection, Map<string, SharedWatch<unknown>>>();

/**
 * Joins the watch that the connection has of this collection, with these settings, as this identity, holding the same of each object;
 * starts it where there is none. What joining brings is told a microtask later, or once the collection was read.
 */
export function joinWatch<V>(
  source: ResourceSource,
  settings: WatchSettings,
  hold: Hold<V>,
  join: Join,
  consumer: Consumer<V>,
): Membership<V> {
  const { connection } = source;
  let running = watches.get(connection);
  if (running === undefined) watches.set(connection, (running = new Map()));
  const shared = running as Map<string, SharedWatch<unknown>>;
  const key = JSON.stringify([source.key, hold.id, sorted(settings)]);
  const found = shared.get(key);
  // One id stands for one kind of value.
  if (found !== undefined && !found.over) return (found as SharedWatch<V>).join(join, consumer);
  const started = startSharedWatch({
    start: (sink) => runWatch(source, settings, sink),
    hold,
    clock: connection.clock,
    ended() {
      if (shared.get(key)?.over === true) shared.delete(key);
    },
  });
  shared.set(key, started as SharedWatch<unknown>);
  return started.join(join, consumer);
}

/** The same value with its fields in one order, so that equal settings make one key. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]));
}
