import type { ResourceSource } from "@kubewright/core";
import { reduce, start, wakeAt } from "./reduce.ts";
import { newestVersion } from "./newest-version.ts";
import type { Effect, Input, State, Step } from "./state.ts";
import { measure } from "./reflector-metrics.ts";
import { isOver, type WatchHealth } from "./watch-health.ts";
import type { WatchSettings } from "./watch-settings.ts";
import type { WatchSink } from "./watch-sink.ts";
import { unseenUntil } from "./unseen.ts";
import { hasWatchList, rememberNoWatchList } from "./without-watch-list.ts";
import type { AnyObject } from "./any-object.ts";

/** Milliseconds until a watch's headers must be there. The server sends them at once, unless it makes requests wait their turn. */
const headersMs = 30_000;

/** A watch that heals, and runs. */
export interface RunningWatch {
  /** Ends it. Harmless when it has ended. */
  stop(): void;
  /** How it stands. */
  health(): WatchHealth;
  /** Resolves when it has ended and let go of everything; `health().error` says why, if it was not stopped. */
  readonly ended: Promise<void>;
}

/**
 * Runs a watch over a collection until it is stopped, the cluster is closed, or the server no longer has the resource; everything that
 * goes wrong in between is healed. The skin of {@link reduce}: it makes the requests, and tells the sink.
 */
export function runWatch(source: ResourceSource, settings: WatchSettings, sink: WatchSink<AnyObject>): RunningWatch {
  const { clock, closed, metrics, onReachable } = source.connection;
  const { wanted, quorum = false, ...options } = settings;
  const measured = measure(metrics, clock, source);
  let finished = (): void => {};
  const ended = new Promise<void>((resolve) => (finished = resolve));
  const inputs: Input[] = [];
  let busy = false;
  let request: AbortController | undefined;
  let pending = 0;
  let held: Promise<unknown> | undefined;
  let wake: { readonly at: number; readonly cancel: () => void } | undefined;
  let heardAt: number | undefined;
  let brokeAt = 0;
  let told: WatchHealth | undefined;
  let state: State;

  /** Inputs that come while one is worked on, from within the sink, wait their turn. */
  function feed(input: Input): void {
    inputs.push(input);
    if (busy) return;
    busy = true;
    try {
      for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
        take(reduce(state, next, { now: clock.now(), random: clock.random() }));
      }
    } finally {
      busy = false;
    }
  }

  function take(step: Step): void {
    ({ state } = step);
    for (const effect of step.effects) perform(effect);
    tellHealth();
    arm();
    if (isOver(state.at)) finish();
  }

  function perform(effect: Effect): void {
    switch (effect.do) {
      case "list":
      case "watch":
        begin(effect);
        break;
      case "check":
        void check();
        break;
      case "cancel":
        request?.abort();
        request = undefined;
        break;
      case "remember: no watch list":
        rememberNoWatchList(source);
        break;
      case "init":
        sink.init();
        break;
      case "apply":
        hold(sink.apply(effect.object as AnyObject));
        break;
      case "delete":
        hold(sink.delete(effect.object as AnyObject));
        break;
      case "synced":
        hold(sink.synced(effect.version));
        break;
      case "progress":
        sink.progress(effect.version);
    }
  }

  function hold(taken: void | Promise<void>): void {
    if (taken !== undefined) held = held === undefined ? taken : Promise.all([held, taken]);
  }

  /** Makes a request, which takes the place of the one before; only the newest has a say. */
  function begin(effect: Effect & { readonly do: "list" | "watch" }): void {
    request?.abort();
    const mine = new AbortController();
    request = mine;
    pending += 1;
    const say = (input: Input): void => {
      if (request !== mine) return;
      heardAt = input.type === "failed" ? heardAt : clock.wallNow();
      feed(input);
    };
    const made = effect.do === "list" ? list(effect, mine.signal, say) : watch(effect, mine.signal, say);
    void made
      .catch((error: unknown) => {
        if (request !== mine) return;
        request = undefined;
        brokeAt = clock.now();
        feed({ type: "failed", error: asError(error) });
      })
      .then(() => {
        pending -= 1;
        if (isOver(state.at)) finish();
      });
  }

  async function list(
    { resourceVersion, limit, continue: token }: Effect & { readonly do: "list" },
    signal: AbortSignal,
    say: (input: Input) => void,
  ): Promise<void> {
    const done = measured.list();
    const { items, metadata } = await source.list(
      { ...options, resourceVersion, limit, continue: token, signal },
      wanted,
    );
    done(items.length);
    say({ type: "listed", items, version: metadata.resourceVersion, continue: metadata.continue });
  }

  async function watch(
    { version, timeoutSeconds }: Effect & { readonly do: "watch" },
    signal: AbortSignal,
    say: (input: Input) => void,
  ): Promise<void> {
    const from =
      version === undefined
        ? ({ sendInitialEvents: true, resourceVersionMatch: "NotOlderThan" } as const)
        : { resourceVersion: version };
    const done = measured.watch();
    let events = 0;
    try {
      const stream = source.watch(
        { ...options, ...from, allowWatchBookmarks: true, timeoutSeconds, timeoutMs: headersMs, signal },
        wanted,
        () => say({ type: "opened" }),
      );
      for await (const { type, object } of stream) {
        events += 1;
        if (type === "BOOKMARK") {
          const { resourceVersion, annotations } = object.metadata;
          const until = annotations?.[unseenUntil];
          if (until !== undefined && request?.signal === signal) sink.unseen?.(until);
          say({ type: "bookmark", version: resourceVersion, end: annotations?.[endOfInitialEvents] === "true" });
        } else {
          say({ type: "changed", change: type, object, version: object.metadata.resourceVersion });
        }
        if (held !== undefined) await taken(say);
        if (signal.aborted) return;
      }
    } finally {
      done(events);
    }
    if (request === undefined || request.signal !== signal) return;
    request = undefined;
    brokeAt = clock.now();
    feed({ type: "ended" });
  }

  /** Waits for the consumer; meanwhile the server's silence is of our own making. */
  async function taken(say: (input: Input) => void): Promise<void> {
    wake?.cancel();
    wake = undefined;
    while (held !== undefined) {
      const waitedFor = held;
      await waitedFor;
      if (held === waitedFor) held = undefined;
    }
    say({ type: "taken" });
  }

  /** Asks for the version of the server's newest state. */
  async function check(): Promise<void> {
    const mine = request;
    if (mine === undefined) return;
    const answer = await newestVersion(source, { ...options, signal: mine.signal }, brokeAt);
    if (request === mine && answer !== undefined) feed(answer);
  }

  function arm(): void {
    const at = held === undefined ? wakeAt(state) : Infinity;
    // A later moment is seen when the earlier one comes: so a busy watch does not set a timer for each event.
    if (at === Infinity || (wake !== undefined && wake.at <= at)) return;
    wake?.cancel();
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      wake = undefined;
      feed({ type: "tick" });
    });
    wake = { at, cancel };
  }

  function tellHealth(): void {
    const now = health();
    const before = told;
    if (
      before !== undefined &&
      before.state === now.state &&
      before.error === now.error &&
      before.synced === now.synced &&
      before.restarts === now.restarts
    ) {
      return;
    }
    told = now;
    sink.health(now);
  }

  function health(): WatchHealth {
    const { course } = state;
    return {
      state: stateOf(state),
      synced: course.synced,
      lastEventAt: heardAt === undefined ? undefined : new Date(heardAt),
      restarts: course.restarts,
      resourceVersion: course.version,
      error: course.error,
    };
  }

  function finish(): void {
    closed.removeEventListener("abort", stop);
    stopReachable?.();
    wake?.cancel();
    wake = undefined;
    request?.abort();
    request = undefined;
    if (pending === 0) finished();
  }

  function stop(): void {
    feed({ type: "stop" });
  }

  const stopReachable = onReachable?.(() => feed({ type: "reachable" }));
  const moment = { now: clock.now(), random: clock.random() };
  const first = start({ cached: !quorum, watchList: hasWatchList(source) ? "ask" : "never" }, moment);
  ({ state } = first);
  // What the first request says synchronously must find a running watch.
  busy = true;
  closed.addEventListener("abort", stop);
  take(closed.aborted ? reduce(state, { type: "stop" }, moment) : first);
  busy = false;
  return { stop, health, ended };
}

const endOfInitialEvents = "k8s.io/initial-events-end";

function stateOf(state: State): WatchHealth["state"] {
  // Until its headers are there, a watch that takes the place of a failed one still recovers.
  if (state.at === "streaming" && !state.opened && state.course.error !== undefined) return "recovering";
  if (state.at === "listing" && state.course.error !== undefined) return "recovering";
  return state.at;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error("the request failed", { cause: error });
}
