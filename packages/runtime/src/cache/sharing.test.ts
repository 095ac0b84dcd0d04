import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createCluster, sourceOf, systemClock } from "@kubewright/core";
import { expect, test } from "vitest";
import { createMemoryCluster, type Pod, podResource } from "../../../../test/support/memory-cluster.ts";
import { createMemoryServer } from "../../../../test/support/memory-server.ts";
import { informer } from "./informer.ts";

test("informers that ask for the same share one watch; the last that ends ends it", async () => {
  const { clock, server, pods } = createMemoryCluster();
  server.put("a", { labels: { app: "web" } });
  const one = informer(pods.in(), { labelSelector: { app: "web" } });
  const same = [
    informer(pods.in(), { labelSelector: "app=web", index: { all: () => ["x"] }, resyncMs: 5000 }),
    informer(pods.in("default"), { labelSelector: "app=web", managedFields: false }),
  ];
  await clock.run(Promise.all([one, ...same].map((cache) => cache.synced())));
  expect(server.asked).toHaveLength(1);
  const late = informer(pods.in(), { labelSelector: "app=web" });
  await late.synced();
  expect(server.asked).toHaveLength(1);
  expect(late.get("a")).toBe(one.get("a"));
  server.put("a", { labels: { app: "web", now: "" } });
  await clock.settle();
  for (const cache of [one, late, ...same]) expect(cache.get("a")?.metadata.labels).toEqual({ app: "web", now: "" });
  for (const cache of [one, ...same]) await cache.close();
  expect(server.watches).toBe(1);
  await late.close();
  expect(server.watches).toBe(0);
  expect(clock.pending).toBe(0);
});

test("what differs in anything that the server or the objects show has a watch of its own", async () => {
  const { clock, server, pods } = createMemoryCluster();
  const caches = [
    informer(pods),
    informer(pods.in()),
    informer(pods, { labelSelector: "a" }),
    informer(pods, { fieldSelector: "metadata.name=a" }),
    informer(pods, { managedFields: true }),
    informer(pods, { select: { spec: true } }),
    informer(pods, { freeze: true }),
    informer(pods, { impersonate: { user: "jane" } }),
    informer(pods, { token: "canary-of-another" }),
    informer(pods.metadata),
  ];
  await clock.run(Promise.all(caches.map((cache) => cache.synced())));
  expect(server.asked).toHaveLength(caches.length);
  for (const cache of caches) await cache.close();
  expect(server.watches).toBe(0);
});

test("1,000 starts and stops leave nothing behind", async () => {
  const counted = { timers: 0 };
  const clock = {
    ...systemClock,
    after(ms: number, act: () => void): () => void {
      counted.timers++;
      let over = false;
      const end = (): void => {
        if (!over) counted.timers--;
        over = true;
      };
      const cancel = systemClock.after(ms, () => {
        end();
        act();
      });
      return () => {
        end();
        cancel();
      };
    },
  };
  const server = createMemoryServer();
  for (let i = 0; i < 10; i++) server.put(`pod-${i}`);
  const cluster = createCluster({ transport: server, clock });
  const pods = cluster.resource<Pod>(podResource);
  const { closed } = sourceOf(pods).connection;
  const outer = new AbortController();
  const listeners = (): readonly number[] =>
    [closed, outer.signal].map((signal) => getEventListeners(signal, "abort").length);
  const handles = (): readonly string[] => process.getActiveResourcesInfo().filter((name) => name !== "Immediate");
  const before = [listeners(), handles(), server.watches, counted.timers];
  for (let i = 0; i < 1000; i++) {
    const { signal } = outer;
    await using cache = informer(pods, {
      signal,
      namespaces: i % 3 === 0 ? ["default", "shop"] : undefined,
      resyncMs: 1000,
    });
    const early = cache.synced({ signal, timeoutMs: 5000 });
    if (i % 5 === 0) {
      early.catch(() => {});
      continue; // closed before anything came
    }
    await early;
    cache.subscribe(() => {}, { signal });
    for await (const _ of cache.subscribe({ signal })) break;
    const never = cache.atLeast("1000000", { signal });
    never.catch(() => {});
  }
  await new Promise((resolve) => setImmediate(resolve));
  await expect.poll(() => [listeners(), handles(), server.watches, counted.timers]).toEqual(before);
  await cluster.close();
});

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

test("a subscriber that stands still for a minute and 300,000 changes holds up nobody, and no more than it last saw", async () => {
  const { clock, server, pods } = createMemoryCluster();
  const objects = 1000;
  for (let i = 0; i < objects; i++) server.put(`pod-${i}`);
  await using cache = informer(pods.in());
  await clock.run(cache.synced());
  const states: WeakRef<object>[] = [];
  cache.subscribe(({ object }) => void states.push(new WeakRef(object)));
  const blocked: string[] = [];
  let go = (): void => {};
  const gate = new Promise<void>((resolve) => (go = resolve));
  cache.subscribe(async ({ type }) => {
    if (blocked.push(type) === objects) await gate;
  });
  await clock.settle();
  expect(blocked).toHaveLength(objects);
  for (let round = 1; round <= 300; round++) {
    for (let i = 0; i < objects; i++) server.put(`pod-${i}`);
    server.compact();
    await clock.advance(200);
  }
  expect(states).toHaveLength(objects * 301);
  expect(blocked).toHaveLength(objects);
  collect();
  const alive = states.filter((state) => state.deref() !== undefined).length;
  expect(alive).toBeGreaterThanOrEqual(2 * objects - 1); // what it last saw, of all but the one that it has in hand, and what there is
  expect(alive).toBeLessThanOrEqual(2 * objects);
  go();
  await clock.settle();
  expect(blocked.slice(objects)).toEqual(Array.from({ length: objects }, () => "updated"));
});
