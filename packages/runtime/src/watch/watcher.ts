import {
  createStream,
  type Lists,
  optionsOf,
  type Projected,
  type ResourceSource,
  type ShownFields,
  type SelectMaskOf,
  sourceOf,
  type Stream,
  type Watches,
} from "@kubewright/core";
import { checkVerbs } from "./check-verbs.ts";
import { runWatch } from "./run-watch.ts";
import { isOver, notBegun, type WatchHealth } from "./watch-health.ts";
import type { WatchSettings } from "./watch-settings.ts";
import type { WatcherEvent } from "./watcher-event.ts";
import { settingsOf, type WatcherOptions, watcherRules } from "./watcher-options.ts";
import type { AnyObject } from "./any-object.ts";

/** Changes that wait for the consumer before the connection is held up. */
const mostWaiting = 100;

/** A stream of what happens to a collection, which goes on where one watch ends. */
export interface Watcher<T> extends Stream<WatcherEvent<T>> {
  /** How it stands; before the first value is asked for, it has not begun and is `listing`. */
  readonly health: WatchHealth;
}

/**
 * Follows a collection for as long as it is iterated: reads it, watches it, and after whatever ends a watch goes on where it stood, or
 * reads the collection anew where that is not possible. What goes wrong stands in `health`; the stream ends only by its consumer, its
 * signal or the closing of the cluster, or rejects with a StatusError when the server no longer has the resource.
 *
 * A slow consumer holds up the connection; while the collection is read, all of it is held. For a picture of the collection, and
 * for several consumers, see `informer`.
 *
 * @throws InputError for a wrong option, and for a resource that cannot be both listed and watched
 * @example
 * for await (const event of watcher(pods, { labelSelector: "app=web" })) {
 *   if (event.type === "apply") console.log(event.object.metadata.name, event.object.status.phase);
 *   if (event.type === "delete") console.log(event.object.metadata.name, "is gone");
 *   if (event.type === "synced") break;
 * }
 */
export function watcher<T, R, const S extends SelectMaskOf<T> | undefined = undefined>(
  resource: Lists<T, R> & Watches<T, R>,
  options?: WatcherOptions<T, S>,
): Watcher<S extends undefined ? R : Projected<T, S>> {
  const source = sourceOf(resource);
  const given = optionsOf(options) as WatcherOptions;
  const settings = settingsOf(given, watcherRules, false);
  checkVerbs(source);
  let health: () => WatchHealth = () => notBegun;
  const shown = (): ShownFields => ({ plural: source.resource.plural, state: health().state });
  const stream = createStream(
    (signal) => follow(source, settings, signal, (running) => (health = running)),
    given.signal,
    shown,
  );
  return Object.defineProperty(stream, "health", { get: () => health(), enumerable: false }) as never;
}

/** What a running watch says, as it is asked for. */
export async function* follow(
  source: ResourceSource,
  settings: WatchSettings,
  signal: AbortSignal,
  begun?: (health: () => WatchHealth) => void,
): AsyncGenerator<WatcherEvent<AnyObject>, undefined> {
  let events: WatcherEvent<AnyObject>[] = [];
  let wake = (): void => {};
  let held: Promise<void> | undefined;
  let taken = (): void => {};
  let live = false;
  let over = false;
  const push = (event: WatcherEvent<AnyObject>): void | Promise<void> => {
    events.push(event);
    wake();
    // A list, and its token, would not wait for a slow consumer: it is held whole.
    if (!live || events.length < mostWaiting) return undefined;
    held ??= new Promise((resolve) => (taken = resolve));
    return held;
  };
  const running = runWatch(source, settings, {
    init() {
      live = false;
      void push({ type: "init" });
    },
    apply: (object) => push({ type: "apply", object }),
    delete: (object) => push({ type: "delete", object }),
    synced(resourceVersion) {
      void push({ type: "synced", resourceVersion });
      live = true;
    },
    progress() {},
    health({ state }) {
      over ||= isOver(state);
      if (over) wake();
    },
  });
  begun?.(running.health);
  signal.addEventListener("abort", running.stop);
  try {
    for (;;) {
      const batch = events;
      events = [];
      held = undefined;
      taken();
      yield* batch;
      if (events.length > 0) continue;
      if (over) break;
      await new Promise<void>((resolve) => (wake = resolve));
    }
    const { error } = running.health();
    if (error !== undefined && !source.connection.closed.aborted) throw error;
  } finally {
    signal.removeEventListener("abort", running.stop);
    running.stop();
    taken();
    await running.ended;
  }
}
