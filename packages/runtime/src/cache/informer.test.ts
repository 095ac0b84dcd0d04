import { createCluster } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { inspect } from "node:util";
import { createMemoryCluster, type Pod, podResource } from "../../../../test/support/memory-cluster.ts";
import { createMemoryServer } from "../../../../test/support/memory-server.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { informer } from "./informer.ts";

const names = (objects: readonly { readonly metadata: { readonly name: string } }[]): readonly string[] =>
  objects.map(({ metadata }) => metadata.name).toSorted();

describe("what an informer holds", () => {
  test("get, list, size: what the server has, without managedFields, and what it becomes", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.put("a", { namespace: "shop", labels: { app: "web" } });
    server.put("a", { namespace: "bank" });
    await using cache = informer(pods);
    expect([cache.size, cache.get("a", "shop"), cache.list()]).toEqual([0, undefined, []]);
    await clock.run(cache.synced());
    expect(cache.size).toBe(2);
    expect(cache.get("a", "shop")?.metadata).toMatchObject({ namespace: "shop", labels: { app: "web" } });
    expect(cache.get("a", "shop")?.metadata.managedFields).toBeUndefined();
    expect(cache.get("b", "shop")).toBeUndefined();
    server.put("b", { namespace: "shop", labels: { app: "web", tier: "front" } });
    server.delete("a", "bank");
    await clock.settle();
    expect(names(cache.list())).toEqual(["a", "b"]);
    expect(names(cache.list({ labelSelector: "tier" }))).toEqual(["b"]);
    expect(names(cache.list({ labelSelector: { app: "web" }, namespace: "shop" }))).toEqual(["a", "b"]);
    expect(cache.list({ namespace: "bank" })).toEqual([]);
    server.put("c", { namespace: "bank" });
    await clock.settle();
    expect(names(cache.list({ namespace: "bank" }))).toEqual(["c"]);
    expect(() => cache.list({ labelSelector: "a b" })).toThrow("Invalid labelSelector");
  });

  test("in one namespace its name is not needed, and another is an error", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.put("a", { namespace: "shop" });
    server.put("b", { namespace: "bank" });
    await using cache = informer(pods.in("shop"));
    await clock.run(cache.synced());
    expect(cache.get("a")).toBe(cache.get("a", "shop"));
    expect(cache.get("b")).toBeUndefined();
    expect(names(cache.list({ namespace: "shop" }))).toEqual(["a"]);
    const only = 'Invalid namespace: this informer follows pods in shop only, not "bank"';
    expect(() => cache.get("b", "bank")).toThrow(only);
    expect(() => cache.list({ namespace: "bank" })).toThrow(only);
    await expect(cache.atLeast("1", { namespace: "bank" })).rejects.toThrow(only);
  });

  test("across namespaces get needs one", async () => {
    const { pods } = createMemoryCluster();
    await using cache = informer(pods);
    expect(() => cache.get("a")).toThrow(
      "Invalid namespace: it is needed, for pods in all namespaces may have the same",
    );
    expect(() => cache.get("")).toThrow("Invalid name: it is empty");
  });

  test("cluster-scoped objects have none", async () => {
    const clock = createVirtualClock();
    const cluster = createCluster({ transport: createMemoryServer(), clock });
    const nodes = cluster.resource({ ...podResource, plural: "nodes", kind: "Node", namespaced: false });
    await using cache = informer(nodes);
    await clock.run(cache.synced());
    expect(cache.get("a")).toBeUndefined();
    const outside = "nodes live outside namespaces; leave it out";
    expect(() => cache.get("a", "shop")).toThrow(`Invalid namespace: ${outside}`);
    expect(() => informer(nodes, { namespaces: ["shop"] })).toThrow(`Invalid namespaces: ${outside}`);
  });

  test("a connection whose namespace is not known yet", async () => {
    const clock = createVirtualClock();
    const server = createMemoryServer();
    server.put("a", { namespace: "shop" });
    let read: string | undefined;
    const namespace = {
      get known() {
        return read;
      },
      async read() {
        await Promise.resolve();
        return (read = "shop");
      },
    };
    const cluster = createCluster({ transport: server, clock, namespace });
    await using cache = informer(cluster.resource<Pod>(podResource).in());
    expect(cache.get("a")).toBeUndefined();
    expect(inspect(cache)).toBe(`Informer { of: "pods in the connection's namespace", state: "listing", size: 0 }`);
    await clock.run(cache.synced());
    expect(cache.get("a")?.metadata.namespace).toBe("shop");
    expect(inspect(cache)).toBe('Informer { of: "pods in shop", state: "streaming", size: 1 }');
    expect(inspect(cache.subscribe())).toBe('Stream { of: "pods in shop" }');
    expect(inspect(cache.subscribe(() => {}))).toBe('Subscription { of: "pods in shop" }');
  });

  test("a new list takes the place of the old in one step, and what did not change stays the same instance", async () => {
    const { clock, server, pods } = createMemoryCluster();
    for (const name of ["a", "b", "c"]) server.put(name, { spec: { nodeName: "n1" } });
    await using cache = informer(pods.in(), { index: { node: (pod) => [pod.spec.nodeName] } });
    await clock.run(cache.synced());
    const a = cache.get("a");
    const seen: unknown[] = [];
    cache.subscribe(({ type, object }) => {
      seen.push([type, object.metadata.name, names(cache.list()), names(cache.byIndex("node", "n1"))]);
    });
    await clock.settle();
    seen.length = 0;
    server.disconnect();
    server.delete("b");
    server.put("c", { spec: { nodeName: "n2" } });
    server.put("d", { spec: { nodeName: "n1" } });
    server.compact();
    server.connect();
    await clock.advance(10_000);
    // Whoever looks from within an event sees all of the new list, in the indexes too.
    const now = [
      ["a", "c", "d"],
      ["a", "d"],
    ];
    expect(seen).toEqual([
      ["deleted", "b", ...now],
      ["updated", "c", ...now],
      ["added", "d", ...now],
    ]);
    expect(cache.get("a")).toBe(a);
  });

  test("select keeps what it names, and labels that it leaves out cannot be asked for", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.put("a", { labels: { app: "web" }, spec: { nodeName: "n1", other: 1 } });
    await using cache = informer(pods.in(), { select: { spec: { nodeName: true } } });
    await using labels = informer(pods.in(), { select: { metadata: { labels: true } } });
    await clock.run(Promise.all([cache.synced(), labels.synced()]));
    expect(cache.get("a")?.spec).toEqual({ nodeName: "n1" });
    expect(() => cache.list({ labelSelector: "app=web" })).toThrow(
      "Invalid labelSelector: the informer's select leaves out labels; add metadata: { labels: true } to it",
    );
    expect(names(labels.list({ labelSelector: "app=web" }))).toEqual(["a"]);
  });

  test("freeze: true freezes everything, and for those who asked alone", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.put("a", { labels: { app: "web" } });
    await using cache = informer(pods.in(), { freeze: true });
    await using loose = informer(pods.in());
    await clock.run(Promise.all([cache.synced(), loose.synced()]));
    const labels = cache.get("a")?.metadata.labels as Record<string, string>;
    expect(() => (labels["app"] = "other")).toThrow(TypeError);
    expect(Object.isFrozen(cache.get("a"))).toBe(true);
    expect(Object.isFrozen(loose.get("a")?.metadata)).toBe(false);
  });
});

describe("indexes", () => {
  test("follow every change; values may be several, or missing", async () => {
    const { clock, server, pods } = createMemoryCluster();
    await using cache = informer(pods.in(), {
      index: {
        node: (pod) => [pod.spec.nodeName],
        labels: (pod) => pod.metadata.labels && Object.keys(pod.metadata.labels),
      },
    });
    server.put("a", { spec: { nodeName: "n1" }, labels: { x: "", y: "" } });
    server.put("b", { labels: { y: "" } });
    await clock.run(cache.synced());
    expect(names(cache.byIndex("labels", "y"))).toEqual(["a", "b"]);
    expect(cache.keys("node")).toEqual(["n1"]);
    server.put("b", { spec: { nodeName: "n1" } });
    await clock.settle();
    expect(names(cache.byIndex("node", "n1"))).toEqual(["a", "b"]);
    expect(names(cache.byIndex("labels", "y"))).toEqual(["a"]);
    server.put("a", { spec: { nodeName: "n2" } });
    server.delete("b");
    await clock.settle();
    expect([cache.keys("node"), cache.keys("labels")]).toEqual([["n2"], []]);
    expect(cache.byIndex("node", "n1")).toEqual([]);
    expect(cache.byIndex("node", "n2")[0]).toBe(cache.get("a"));
  });

  test("an object that was changed by mistake leaves the index all the same", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.put("a", { spec: { nodeName: "n1" } });
    await using cache = informer(pods.in(), { index: { node: (pod) => [pod.spec.nodeName] } });
    await clock.run(cache.synced());
    const spec = cache.get("a")?.spec as { nodeName: string };
    spec.nodeName = "n9";
    server.delete("a");
    await clock.settle();
    expect(cache.keys("node")).toEqual([]);
  });

  test("a function that fails leaves the object out, and is told once the cache is whole", async () => {
    const { clock, server, pods } = createMemoryCluster();
    const told: string[] = [];
    server.put("a");
    server.put("b");
    await using cache = informer(pods.in(), {
      index: {
        odd: (pod) => (pod.metadata.name === "a" ? ["x"] : (1 as never)),
        bad: (pod) => (pod.metadata.name === "a" ? ["y"] : ([{}] as never)),
        worse: () => {
          throw new Error("no");
        },
        good: () => ["x"],
      },
      onError: (error, failure) =>
        told.push(`${failure.in}, ${names(cache.byIndex("good", "x"))} there: ${(error as Error).message}`),
    });
    await clock.run(cache.synced());
    await clock.settle();
    expect([cache.keys("odd"), cache.keys("bad"), cache.keys("worse")]).toEqual([["x"], ["y"], []]);
    const said = (problem: string): string => `index, a,b there: Invalid index.${problem}, which the index leaves out`;
    expect(told.toSorted()).toEqual([
      said("bad: it gave a list with an object instead of text for default/b"),
      said("odd: it gave a number instead of a list of texts for default/b"),
      said("worse: it threw for default/a"),
      said("worse: it threw for default/b"),
    ]);
  });

  test("one that does not exist is an error with the nearest name", async () => {
    const { pods } = createMemoryCluster();
    await using cache = informer(pods, { index: { node: () => [] } });
    await using without = informer(pods);
    expect(() => cache.byIndex("nodes" as never, "n1")).toThrow(
      'Invalid index: this informer has none of the name "nodes"; did you mean "node"?',
    );
    expect(() => without.keys("node" as never)).toThrow("the option index makes them");
  });
});

describe("several namespaces", () => {
  test("one watch each; synced when all are; the worst state counts", async () => {
    const { clock, server, pods } = createMemoryCluster();
    for (const namespace of ["bank", "shop", "other"]) server.put("a", { namespace });
    await using cache = informer(pods, { namespaces: ["shop", "bank"] });
    await clock.run(cache.synced());
    expect(server.asked.map((one) => one.split(" ")[1])).toEqual([
      "/api/v1/namespaces/shop/pods",
      "/api/v1/namespaces/bank/pods",
    ]);
    expect(cache.size).toBe(2);
    expect(cache.get("a", "bank")?.metadata.namespace).toBe("bank");
    expect(cache.list({ namespace: "shop" })).toEqual([cache.get("a", "shop")]);
    const only = 'this informer follows pods in shop, bank only, not "other"';
    expect(() => cache.get("a", "other")).toThrow(only);
    expect(cache.health).toMatchObject({ state: "streaming", synced: true, resourceVersion: server.version });
    const seen: string[] = [];
    cache.subscribe(({ type, object }) => void seen.push(`${type} ${object.metadata.namespace}`));
    server.put("b", { namespace: "bank" });
    await clock.settle();
    expect(seen.toSorted()).toEqual(["added bank", "added bank", "added shop"]);
    // Only bank has come so far.
    const { version } = server;
    await cache.atLeast(version, { namespace: "bank" });
    await expect(clock.run(cache.atLeast(version, { timeoutMs: 50 }))).rejects.toThrow(
      `Timeout: no resourceVersion ${version} of pods in shop, bank, which are at 4, ${version}, within 50 ms`,
    );
    expect(cache.health.resourceVersion).toBe("4");
    await cache.close();
    expect(server.watches).toBe(0);
  });

  test("a namespace that may not be read", async () => {
    const { clock, server, pods } = createMemoryCluster();
    server.refuse(403, "/namespaces/bank/");
    await using cache = informer(pods, { namespaces: ["shop", "bank"] });
    await expect(clock.run(cache.synced())).rejects.toMatchObject({ statusCode: 403 });
    expect(cache.health).toMatchObject({ state: "recovering", synced: false, lastEventAt: undefined });
    expect(cache.health.error).toMatchObject({ statusCode: 403 });
  });

  test.each([
    [[], "Invalid namespaces: it is empty; leave it out"],
    [["shop", "shop"], 'Invalid namespaces[1]: "shop" stands there twice'],
    [["shop", 1], "Invalid namespaces[1]: it must be text"],
    ["shop", "Invalid namespaces: it must be a list of namespaces, not text"],
  ])("%j", (namespaces, message) => {
    const { pods } = createMemoryCluster();
    expect(() => informer(pods, { namespaces: namespaces as never })).toThrow(message);
    expect(() => informer(pods.in("shop"), { namespaces: ["bank"] })).toThrow(
      "Invalid namespaces: the client is in one namespace already",
    );
  });
});
