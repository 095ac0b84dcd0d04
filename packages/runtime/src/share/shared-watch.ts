import type { Clock, KubernetesObject, Stored } from "@kubewright/core";
import type { RunningWatch } from "../watch/run-watch.ts";
import { isOlder, isUpTo } from "../watch/versions.ts";
import { isOver } from "../watch/watch-health.ts";
import type { WatchSink } from "../watch/watch-sink.ts";
import type { Consumer, Join, Membership } from "./consumer.ts";
import type { Deletion, Held, Hold } from "./held.ts";
import { createStore } from "./store.ts";

/**
 * After this long a server has told us a version that is not behind what it told anybody before: by then its bookmarks have come, and one
 * API server is seconds behind another at most.
 */
const caughtUpMs = 90_000;

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

/** One running watch with all who take part in it. */
export interface SharedWatch<V> {
  /** Whether it has ended, and with it all that would be told. */
  readonly over: boolean;
  /** Takes part. */
  join(join: Join, consumer: Consumer<V>): Membership<V>;
}

/** What a shared watch is made of. */
export interface SharedWatchParts<V> {
  /** Starts the watch. */
  start(sink: WatchSink<Stored<KubernetesObject>>): RunningWatch;
  /** What is held of each object. */
  readonly hold: Hold<V>;
  readonly clock: Clock;
  /** Called once, when it is needed no more or ended by itself: nobody is to join any more. */
  ended(): void;
}

interface Member<V> {
  readonly consumer: Consumer<V>;
  /** Where to begin; undefined: with everything. */
  readonly from: string | undefined;
  /** Whether it was told what joining brings; changes are told only then. */
  begun: boolean;
  left: boolean;
  /** It knows more than the watch: up to this version, and since when. */
  ahead: { readonly version: string; readonly since: number } | undefined;
}

/** Starts a watch that any number of consumers can share; it ends with the last of them, or once nobody keeps it any more. */
export function startSharedWatch<V>({ start, hold, clock, ended }: SharedWatchParts<V>): SharedWatch<V> {
  const members = new Set<Member<V>>();
  const keeping = new Set<AbortSignal>();
  const store = createStore(hold, { change: tellChange, missed });
  let over = false;

  function tellChange(before: Held<V> | undefined, after: Held<V> | undefined, last: Held<V> | undefined): void {
    const version = (after ?? last)?.resourceVersion ?? "";
    for (const member of members)
      if (member.begun && !knows(member, version, after === undefined))
        attempt(() => member.consumer.change(before, after, last));
  }

  /** Whether this version tells a member nothing new. A deletion that comes late, with a version that was told, is news to all. */
  function knows({ ahead }: Member<V>, version: string, isDeletion: boolean): boolean {
    const isLate = isDeletion && isUpTo(version, store.version ?? "");
    return ahead !== undefined && !isLate && isUpTo(version, ahead.version);
  }

  /** Only who came with a version may know an object that is not held here. */
  function missed(deletion: Deletion<V>): void {
    for (const member of members)
      if (member.begun && member.from !== undefined && !knows(member, deletion.resourceVersion, true))
        attempt(() => member.consumer.missed(deletion));
  }

  /** Who came with a version may know what came and went unseen here. */
  function unseen(until: string): void {
    store.forget(until);
    for (const member of members)
      if (member.begun && member.from !== undefined) beginFresh(member, store.version ?? "");
  }

  /** Tells what joining brings. Harmless before the collection was read, and when repeated. */
  function begin(member: Member<V>): void {
    const { version } = store;
    if (member.begun || member.left || version === undefined) return;
    const { from, consumer } = member;
    const news = from === undefined ? undefined : store.since(from);
    if (from === undefined || news === undefined) return beginFresh(member, version);
    member.begun = true;
    if (isOlder(version, from)) member.ahead = { version: from, since: clock.now() };
    for (const one of news) {
      if (member.left) return;
      attempt(() => ("value" in one ? consumer.change(undefined, one, undefined) : consumer.missed(one)));
    }
    if (!member.left) attempt(() => consumer.synced(member.ahead?.version ?? version));
  }

  function beginFresh(member: Member<V>, version: string): void {
    const { consumer } = member;
    member.begun = true;
    member.ahead = undefined;
    attempt(() => consumer.fresh());
    for (const held of store.entries.values()) {
      if (member.left) return;
      attempt(() => consumer.change(undefined, held, undefined));
    }
    if (!member.left) attempt(() => consumer.synced(version));
  }

  /**
   * The collection came anew, so it is known what there is, but not how it came about: not since a version that a member knows and the
   * watch did not, and not what became of objects that somebody who came with a version may know, and the watch may not have held.
   */
  function replace(version: string): void {
    const unknowing = [...members].filter(({ begun, from }) => !begun || from !== undefined);
    const fresh = new Set(unknowing.filter(({ begun }) => begun));
    for (const member of unknowing) member.begun = false;
    store.replace(version);
    for (const { begun, consumer } of members) if (begun) attempt(() => consumer.synced(version));
    for (const member of unknowing) {
      if (member.left) continue;
      if (fresh.has(member)) beginFresh(member, version);
      else begin(member);
    }
  }

  function progress(version: string): void {
    store.progress(version);
    for (const member of members) {
      if (!member.begun) continue;
      if (member.ahead !== undefined) {
        if (isOlder(version, member.ahead.version)) {
          // What it knows is of another history, such as etcd's before it was restored.
          if (clock.now() - member.ahead.since >= caughtUpMs) beginFresh(member, version);
          continue;
        }
        member.ahead = undefined;
      }
      attempt(() => member.consumer.progress(version));
    }
  }

  function end(): void {
    if (over) return;
    over = true;
    ended();
  }

  function leave(member: Member<V>): void {
    if (member.left) return;
    member.left = true;
    members.delete(member);
    stopUnlessNeeded();
  }

  function keepUntil(signal: AbortSignal): void {
    if (signal.aborted || keeping.has(signal)) return;
    keeping.add(signal);
    signal.addEventListener("abort", () => {
      keeping.delete(signal);
      stopUnlessNeeded();
    });
  }

  function stopUnlessNeeded(): void {
    if (members.size > 0 || keeping.size > 0 || over) return;
    end();
    running.stop();
  }

  const running = start({
    init: () => store.begin(),
    apply: (object) => store.apply(object),
    delete: (object) => store.delete(object),
    synced: replace,
    progress,
    unseen,
    health(health) {
      // With the resource its objects went, also those whose deletion nobody told.
      if (health.state === "gone") store.clear();
      if (isOver(health.state)) end();
      for (const { consumer } of members) attempt(() => consumer.health(health));
    },
  });

  return {
    get over() {
      return over;
    },
    join({ from, keep }, consumer) {
      const member: Member<V> = { consumer, from, begun: false, left: false, ahead: undefined };
      members.add(member);
      if (keep !== undefined) keepUntil(keep);
      queueMicrotask(() => begin(member));
      return {
        get entries() {
          return member.begun ? store.entries : nothing;
        },
        get health() {
          return running.health();
        },
        leave: () => leave(member),
      };
    },
  };
}

/** One consumer's error is its own: it reaches whoever handles errors that nobody caught, and the others are told all the same. */
function attempt(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
