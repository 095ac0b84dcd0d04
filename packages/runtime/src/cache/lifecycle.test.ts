import { ConnectionError, createCluster, KubeError, StatusError, TimeoutError } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { createMemoryCluster, type Pod, podResource } from "../../../../test/support/memory-cluster.ts";
import { createMemoryServer } from "../../../../test/support/memory-server.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { informer } from "./informer.ts";

const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "resolved",
    (error: unknown) => error,
  );

describe("synced", () => {
  test.each([400, 401, 403, 404, 405])(
    "rejects when the first list is refused with %d, while the loop goes on",
    async (status) => {
      const { clock, server, pods } = createMemoryCluster();
      server.refuse(status);
      await using cache = informer(pods);
      const waiting = outcome(cache.synced({ waitForAccess: true }));
      const error = await clock.run(outcome(cache.synced()));
      expect(error).toBeInstanceOf(StatusError);
      expect(error).toMatchObject({ statusCode: status, request: { path: "/api/v1/pods" } });
      expect(cache.health).toMatchObject({ state: "recovering", synced: false, error: { statusCode: status } });
      await expect(cache.synced()).rejects.toBe(error);
      server.refuse(undefined);
      server.put("a");
      expect(await clock.run(waiting)).toBe("resolved");
      await cache.synced();
      expect(cache.size).toBe(1);
    },
  );

  test("rejects where the server cannot be asked at all, and waits for what passes", async () => {
    const clock = createVirtualClock();
    let attempts = 0;
    const send = async (): Promise<never> => {
      if (++attempts < 3) throw new ConnectionError("Refused: nobody listens there");
      throw new ConnectionError("Certificate: it is refused", { permanent: true });
    };
    const transport = { server: "https://a.test", send, close: async () => {} };
    await using cache = informer(createCluster({ transport, clock }).resource<Pod>(podResource));
    await expect(clock.run(cache.synced())).rejects.toThrow("Certificate: it is refused");
  });

  test("a request that can never be made ends it", async () => {
    const clock = createVirtualClock();
    const namespace = { known: undefined, read: async () => "no such/namespace" };
    const cluster = createCluster({ transport: createMemoryServer(), clock, namespace });
    await using cache = informer(cluster.resource<Pod>(podResource).in());
    const events = cache.subscribe()[Symbol.asyncIterator]().next();
    await expect(clock.run(cache.synced())).rejects.toThrow("Invalid namespace");
    await clock.settle();
    expect(cache.health).toMatchObject({ state: "stopped", error: { name: "InputError" } });
    expect(await events).toEqual({ done: true, value: undefined });
  });

  test("waits where the server has too much to do", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.refuse(429);
    await using cache = informer(pods);
    const waiting = outcome(cache.synced());
    await clock.advance(10_000);
    expect(cache.health).toMatchObject({ state: "recovering", error: { statusCode: 429 } });
    server.refuse(undefined);
    expect(await clock.run(waiting)).toBe("resolved");
  });

  test("waits no longer than it is told, and says what for", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.disconnect();
    await using cache = informer(pods.in("shop"));
    const error = await clock.run(outcome(cache.synced({ timeoutMs: 5000 })));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^Timeout: no whole list of pods in shop \(Refused: .*\) within 5000 ms; /),
      cause: { name: "ConnectionError" },
    });
    const reason = new Error("mine");
    const controller = new AbortController();
    const aborted = outcome(cache.synced({ signal: controller.signal }));
    controller.abort(reason);
    expect(await aborted).toBe(reason);
    expect(await outcome(cache.synced({ signal: controller.signal }))).toBe(reason);
    server.connect();
    await clock.run(cache.synced({ signal: new AbortController().signal, timeoutMs: 60_000 }));
  });

  test("wrong options are errors", async () => {
    const { pods } = createMemoryCluster();
    await using cache = informer(pods);
    await expect(cache.synced({ timeout: 5 } as never)).rejects.toThrow(
      "Invalid timeout: there is no such option; did you mean timeoutMs?",
    );
    await expect(cache.synced({ timeoutMs: 0 })).rejects.toThrow("Invalid timeoutMs");
    await expect(cache.atLeast("1", { timeoutMs: "5" as never })).rejects.toThrow("Invalid timeoutMs");
    expect(() => cache.list({ namespaces: "a" } as never)).toThrow("did you mean namespace?");
  });
});

describe("atLeast", () => {
  test("resolves when a write is there, by its own event, another's, or a bookmark", async () => {
    const { clock, server, pods } = createMemoryCluster();
    await using cache = informer(pods, { labelSelector: "app=web" });
    const early = cache.atLeast(server.put("a", { labels: { app: "web" } }).metadata.resourceVersion);
    await clock.run(early);
    expect(cache.get("a", "default")).toBeDefined();
    const { metadata } = server.put("a", { labels: { app: "web", now: "" } });
    const own = cache.atLeast(metadata.resourceVersion);
    await clock.run(own);
    expect(cache.get("a", "default")?.metadata.labels).toEqual({ app: "web", now: "" });
    await cache.atLeast("1");
    // This one the selector leaves out.
    const other = server.put("b");
    let done = false;
    const unseen = cache.atLeast(other.metadata.resourceVersion).then(() => (done = true));
    await clock.settle();
    expect(done).toBe(false);
    server.bookmark();
    await clock.run(unseen);
  });

  test("waits a minute by default, and says how far it came", async () => {
    const { clock, pods } = createMemoryCluster();
    await using cache = informer(pods);
    await clock.run(cache.synced());
    await expect(clock.run(cache.atLeast("99"))).rejects.toThrow(
      "Timeout: no resourceVersion 99 of pods in all namespaces, which are at 1, within 60000 ms",
    );
    for (const version of ["", "0", "x", 5])
      await expect(cache.atLeast(version as string)).rejects.toThrow("Invalid resourceVersion");
  });
});

describe("the end", () => {
  test("close() ends subscriptions and waits, and leaves the objects as they are", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.put("a");
    const cache = informer(pods.in(), { index: { all: () => ["x"] } });
    const other = informer(pods.in());
    await clock.run(Promise.all([cache.synced(), other.synced()]));
    let events = 0;
    const loop = (async () => {
      for await (const _ of cache.subscribe()) events++;
      return "ended";
    })();
    await clock.settle();
    const waiting = outcome(cache.atLeast("99"));
    await cache.close();
    await cache.close();
    expect(await loop).toBe("ended");
    const error = await waiting;
    expect(error).toBeInstanceOf(KubeError);
    expect(error).toMatchObject({ message: "Closed: the informer of pods in default was closed" });
    expect(await outcome(cache.synced())).toBe(error);
    expect(cache.health).toMatchObject({ state: "stopped", synced: true, error: undefined });
    // The watch goes on for the other, and what it tells is no longer told here.
    server.put("a");
    server.put("b");
    await clock.settle();
    expect([cache.size, other.size, events]).toEqual([1, 2, 1]);
    expect(cache.byIndex("all", "x")).toEqual([cache.get("a")]);
    for await (const _ of cache.subscribe()) events++;
    expect(events).toBe(1);
    expect(server.watches).toBe(1);
    await other.close();
    expect(server.watches).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test("a signal ends it with its reason; one that was aborted before asks for nothing", async () => {
    const { clock, server, pods } = createMemoryCluster();
    const controller = new AbortController();
    const cache = informer(pods, { signal: controller.signal, namespaces: ["a", "b"] });
    await clock.run(cache.synced());
    const waiting = outcome(cache.atLeast("99"));
    const reason = new Error("mine");
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    expect(cache.health.state).toBe("stopped");
    expect(server.watches).toBe(0);
    const asked = server.asked.length;
    const never = informer(pods, { signal: controller.signal });
    await clock.settle();
    expect(server.asked).toHaveLength(asked);
    expect(await outcome(never.synced())).toBe(reason);
    expect(never.health).toMatchObject({ state: "stopped", synced: false });
    expect([never.size, never.get("a", "b"), never.list()]).toEqual([0, undefined, []]);
    await never.close();
  });

  test("closing the cluster ends it", async () => {
    const { clock, server, cluster, pods } = createMemoryCluster();
    const caches = [informer(pods), informer(pods)];
    await clock.run(Promise.all(caches.map((cache) => cache.synced())));
    const iterations = caches.map((cache) => cache.subscribe()[Symbol.asyncIterator]().next());
    const waits = caches.map((cache) => outcome(cache.atLeast("99")));
    await cluster.close();
    const error = expect.objectContaining({ message: "Closed: the cluster was closed; make a new one to go on" });
    const done = { done: true, value: undefined };
    expect(await Promise.all(iterations)).toEqual([done, done]);
    expect(await Promise.all(waits)).toEqual([error, error]);
    for (const { health } of caches) expect(health).toMatchObject({ state: "stopped", synced: true });
    const late = informer(pods);
    expect(late.health.state).toBe("stopped");
    expect(await outcome(late.synced())).toEqual(error);
    await clock.settle();
    expect(server.asked).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  test("a resource that the server no longer has: subscriptions end after their last events", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.put("a");
    const cache = informer(pods.in());
    await clock.run(cache.synced());
    const seen: string[] = [];
    let go = (): void => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    const loop = (async () => {
      for await (const { type } of cache.subscribe()) {
        seen.push(type);
        await held;
      }
      return "ended";
    })();
    const idle = cache.subscribe()[Symbol.asyncIterator]();
    await idle.next();
    await clock.settle();
    server.delete("a");
    const idleAgain = idle.next().then(() => idle.next());
    await clock.settle();
    server.refuse(404);
    server.endWatches();
    const waiting = outcome(cache.atLeast("99", { timeoutMs: Infinity }));
    expect(await clock.run(waiting)).toMatchObject({ statusCode: 404 });
    expect(cache.health).toMatchObject({ state: "gone", error: { statusCode: 404 } });
    expect(await idleAgain).toEqual({ done: true, value: undefined });
    go();
    expect(await loop).toBe("ended");
    expect(seen).toEqual(["added", "deleted"]);
    expect(await outcome(cache.synced())).toMatchObject({ statusCode: 404 });
    await cache.close();
    expect(cache.health.state).toBe("gone");
    expect(clock.pending).toBe(0);
  });

  test("await using", async () => {
    const { clock, server, pods } = createMemoryCluster();
    {
      await using cache = informer(pods);
      await clock.run(cache.synced());
      expect(server.watches).toBe(1);
    }
    expect(server.watches).toBe(0);
  });
});

describe("what it is given", () => {
  test.each([
    [{ labelSelectors: "a" }, "Invalid labelSelectors: there is no such option; did you mean labelSelector?"],
    [{ labelSelector: "a b" }, "Invalid labelSelector: "],
    [{ index: [] }, "Invalid index: it must be an object, not a list"],
    [{ index: { node: "spec.nodeName" } }, "Invalid index.node: it must be a function, not text"],
    [{ freeze: 1 }, "Invalid freeze: it must be true or false"],
    [{ resyncMs: -1 }, "Invalid resyncMs: it must be a number of milliseconds above 0"],
    [{ onError: {} }, "Invalid onError: it must be a function, not an object"],
    [{ select: { spec: 1 } }, "Invalid select.spec: it must be true or fields below, not a number"],
    [{ signal: {} }, "Invalid signal: it must be an AbortSignal"],
    ["pods", "Invalid options: it must be an object, not text"],
  ])("%j", (options, message) => {
    const { pods, server } = createMemoryCluster();
    expect(() => informer(pods, options as never)).toThrow(message);
    expect(server.asked).toEqual([]);
  });

  test("a resource that cannot be both listed and watched, or is none", () => {
    const { cluster } = createMemoryCluster();
    const some = (...verbs: "list"[]): never => cluster.resource({ ...podResource, verbs }) as never;
    expect(() => informer(some("list"))).toThrow("Invalid resource: pods in v1 can be listed, but not watched");
    expect(() => informer({} as never)).toThrow("Invalid resource: it must be the client of a resource");
  });
});
