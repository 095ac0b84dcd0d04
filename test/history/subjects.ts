import type { Clock, CustomResource, KubernetesObject } from "@kubewright/core";
import { informer, watcher, type WatchHealth } from "@kubewright/runtime";
import type { Delivery, Sample } from "./checker.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { compareVersions, keyOf, type TrueHistory, type TrueObject } from "./true-history.ts";

/** A cache that is looked at. */
export interface FollowedCache {
  readonly who: string;
  readonly selects: (object: TrueObject) => boolean;
  readonly samples: readonly Sample[];
  objects(): readonly TrueObject[];
  health(): WatchHealth;
}

/** Somebody who is told what happens. */
export interface Told {
  readonly who: string;
  readonly selects: (object: TrueObject) => boolean;
  readonly deliveries: readonly Delivery[];
  readonly resyncs: boolean;
  /** Whether it listens to the end. */
  readonly complete: boolean;
}

/** All that follow one collection. */
export interface Subjects {
  readonly caches: readonly FollowedCache[];
  readonly told: readonly Told[];
  /** Looks at every cache. */
  sample(): void;
  close(): Promise<void>;
}

export interface SubjectsOptions {
  readonly random: SeededRandom;
  readonly clock: Clock;
  readonly history: TrueHistory;
  /** How long those who are slow take for an event at most. */
  readonly slowMs: number;
  /** When those who come late or leave early do so at the latest. */
  readonly withinMs: number;
}

const all = (): boolean => true;
const web = ({ metadata }: TrueObject): boolean => metadata.labels?.["app"] === "web";

/** Begins to follow: informers with and without a selector, that share or do not, whose subscribers are fast, slow, late or fickle, and a watcher. */
export function follow(resource: CustomResource<KubernetesObject>, options: SubjectsOptions): Subjects {
  const { random, clock, history, slowMs, withinMs } = options;
  const closed = new AbortController();
  const { signal } = closed;
  const onError = (error: unknown): void => {
    throw error;
  };
  const whole = informer(resource, { onError });
  const chosen = informer(resource, { labelSelector: { app: "web" }, onError });
  const again = informer(resource, { resyncMs: random.between(20_000, 200_000), onError });
  const told: (Told & { readonly deliveries: Delivery[] })[] = [];
  const running: Promise<unknown>[] = [];

  function listener(who: string, given: Partial<Told> = {}): (event: Omit<Delivery, "at">) => void {
    const one = { who, selects: all, resyncs: false, complete: true, ...given, deliveries: [] as Delivery[] };
    told.push(one);
    return ({ type, object, previous }) => void one.deliveries.push({ at: history.tick(), type, object, previous });
  }
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel();
        resolve();
      };
      const cancel = clock.after(ms, end);
      signal.addEventListener("abort", end, { once: true });
    });
  type Event = Omit<Delivery, "at">;
  const iterate = (
    cache: { subscribe(): AsyncIterable<unknown> },
    take: (event: Event) => Promise<void> | void,
  ): void => {
    running.push(
      (async () => {
        for await (const event of cache.subscribe()) await take(event as Event);
      })(),
    );
  };

  const fast = listener("a fast handler");
  whole.subscribe((event) => fast(event as Event));
  const slow = listener("a slow iteration");
  iterate(whole, async (event) => {
    slow(event);
    await wait(random.below(slowMs));
  });
  const slowHandler = listener("a slow handler of a selection", { selects: web });
  chosen.subscribe(async (event) => {
    slowHandler(event as Event);
    await wait(random.below(slowMs));
  });
  const selected = listener("an iteration over a selection", { selects: web });
  iterate(chosen, selected);
  const resynced = listener("one who is told again", { resyncs: true });
  again.subscribe((event) => resynced(event as Event));
  const late = listener("one who comes late");
  clock.after(random.below(withinMs), () => iterate(whole, late));
  const fickle = listener("one who leaves early", { complete: false });
  const leaving = whole.subscribe((event) => fickle(event as Event));
  clock.after(random.below(withinMs), () => void leaving.close());
  running.push(foldWatcher(resource, signal, listener("a watcher")));

  const caches = [
    { who: "the informer", cache: whole, selects: all },
    { who: "the informer of a selection", cache: chosen, selects: web },
    { who: "the informer that tells again", cache: again, selects: all },
  ].map(({ who, cache, selects }) => ({
    who,
    selects,
    samples: [] as Sample[],
    objects: () => cache.list() as unknown as readonly TrueObject[],
    health: () => cache.health,
    version: () => (cache.health.synced ? cache.health.resourceVersion : undefined),
  }));

  return {
    caches,
    told,
    sample() {
      for (const { samples, objects, version } of caches) {
        const resourceVersion = version();
        if (resourceVersion === undefined || resourceVersion === samples.at(-1)?.resourceVersion) continue;
        samples.push({ resourceVersion, objects: objects() });
      }
    },
    async close() {
      closed.abort();
      await Promise.all([whole, chosen, again].map((cache) => cache.close()));
      await Promise.allSettled(running);
    },
  };
}

/** What a watcher says, as whoever keeps the objects by hand understands it. */
async function foldWatcher(
  resource: CustomResource<KubernetesObject>,
  signal: AbortSignal,
  tell: (event: Omit<Delivery, "at">) => void,
): Promise<void> {
  let held = new Map<string, TrueObject>();
  let aside: Map<string, TrueObject> | undefined;
  const change = (object: TrueObject, previous: TrueObject | undefined): void => {
    if (previous !== undefined && previous.metadata.uid !== object.metadata.uid) {
      tell({ type: "deleted", object: previous, previous });
      tell({ type: "added", object, previous: undefined });
    } else if (previous?.metadata.resourceVersion !== object.metadata.resourceVersion) {
      tell({ type: previous === undefined ? "added" : "updated", object, previous });
    }
  };
  for await (const event of watcher(resource, { signal })) {
    if (event.type === "init") aside = new Map();
    if (event.type === "synced" && aside !== undefined) {
      for (const [key, previous] of held) if (!aside.has(key)) tell({ type: "deleted", object: previous, previous });
      for (const [key, object] of aside) change(object, held.get(key));
      held = aside;
      aside = undefined;
    }
    if (event.type !== "apply" && event.type !== "delete") continue;
    const object = event.object as unknown as TrueObject;
    const key = keyOf(object);
    const into = aside ?? held;
    const before = into.get(key);
    if (event.type === "delete") {
      into.delete(key);
      if (aside === undefined && before !== undefined) tell({ type: "deleted", object, previous: before });
    } else if (
      before === undefined ||
      compareVersions(before.metadata.resourceVersion, object.metadata.resourceVersion) < 0
    ) {
      into.set(key, object);
      if (aside === undefined) change(object, before);
    }
  }
}
