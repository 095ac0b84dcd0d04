import { createCluster, isAlreadyExists, isConflict, isExpired, isNotFound, type Cluster } from "@kubewright/core";
import { AppsV1 } from "@kubewright/api/apps/v1";
import { CoreV1 } from "@kubewright/api/core/v1";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createApiServer } from "./create-api-server.ts";

let clock: VirtualClock;
let cluster: Cluster;
beforeEach(async () => {
  clock = createVirtualClock();
  cluster = createCluster({
    transport: createApiServer({ clock, controllers: false }).transport(),
    fieldManager: "test",
  });
  for (const name of ["home", "away"]) await cluster.api(CoreV1).namespaces.create({ metadata: { name } });
});
afterEach(() => cluster.close());

const configMap = (name: string, labels: Record<string, string> = {}) => ({ metadata: { name, labels } });

describe("an API server without sockets", () => {
  test("keeps what it is given, and gives it back", async () => {
    const maps = cluster.api(CoreV1).configMaps.in("home");
    const made = await maps.create({ metadata: { name: "a" }, data: { b: "c" } });
    expect(made).toMatchObject({ kind: "ConfigMap", metadata: { name: "a", namespace: "home" }, data: { b: "c" } });
    expect(made.metadata.creationTimestamp).toBe("2026-01-01T00:00:00Z");
    expect(await maps.get("a")).toEqual(made);
    expect(isAlreadyExists(await rejection(maps.create(configMap("a"))))).toBe(true);
    expect(await maps.delete("a")).toMatchObject({ done: true });
    expect(isNotFound(await rejection(maps.get("a")))).toBe(true);
  });

  test("an update of an older version is a conflict, and one that changes nothing is no write", async () => {
    const maps = cluster.api(CoreV1).configMaps.in("home");
    const first = await maps.create(configMap("a"));
    const second = await maps.update({ ...first, data: { b: "c" } });
    expect(second.metadata.resourceVersion).not.toBe(first.metadata.resourceVersion);
    expect(isConflict(await rejection(maps.update({ ...first, data: { b: "d" } })))).toBe(true);
    expect(await maps.update(second)).toEqual(second);
  });

  test("generation grows with the spec alone", async () => {
    const deployments = cluster.api(AppsV1).deployments.in("home");
    const labels = { app: "a" };
    const template = { metadata: { labels }, spec: { containers: [{ name: "a", image: "b" }] } };
    const made = await deployments.create({
      metadata: { name: "a" },
      spec: { selector: { matchLabels: labels }, template },
    });
    expect(made.metadata.generation).toBe(1);
    const labelled = await deployments.patch("a", { merge: { metadata: { labels: { c: "d" } } } });
    expect(labelled.metadata.generation).toBe(1);
    const scaled = await deployments.patch("a", { json: [{ op: "add", path: "/spec/replicas", value: 3 }] });
    expect(scaled.metadata.generation).toBe(2);
  });

  test("lists by pages and selectors", async () => {
    const maps = cluster.api(CoreV1).configMaps;
    for (const name of ["c", "a", "b"]) await maps.in("home").create(configMap(name, { which: name }));
    await maps.in("away").create(configMap("a"));
    const names = async (options?: Parameters<typeof maps.list>[0]): Promise<readonly string[]> =>
      (await maps.list(options)).items.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`);
    expect(await names()).toEqual(["away/a", "home/a", "home/b", "home/c"]);
    expect(await names({ labelSelector: "which in (a, c)" })).toEqual(["home/a", "home/c"]);
    expect(await names({ labelSelector: "!which" })).toEqual(["away/a"]);
    expect(await names({ fieldSelector: "metadata.name=a" })).toEqual(["away/a", "home/a"]);
    const { items, metadata } = await maps.list({ limit: 3 });
    expect(items).toHaveLength(3);
    expect(metadata.remainingItemCount).toBe(1);
    await maps.in("home").delete("c");
    // A page goes on with what there was.
    expect(await names({ limit: 3, continue: metadata.continue! })).toEqual(["home/c"]);
  });

  test("what an object is to a watch with a selector follows what the selector makes of it", async () => {
    const maps = cluster.api(CoreV1).configMaps.in("home");
    await maps.create(configMap("a", { seen: "yes" }));
    await maps.create(configMap("b"));
    const events = maps.watch({ labelSelector: "seen=yes" })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => {
      const { value } = await events.next();
      return `${value!.type} ${(value!.object as { metadata: { name: string } }).metadata.name}`;
    };
    expect(await next()).toBe("ADDED a");
    await maps.patch("b", { merge: { metadata: { labels: { seen: "yes" } } } });
    await maps.patch("b", { merge: { data: { c: "d" } } });
    await maps.patch("a", { merge: { metadata: { labels: { seen: null } } } });
    await maps.delete("b");
    expect([await next(), await next(), await next(), await next()]).toEqual([
      "ADDED b",
      "MODIFIED b",
      "DELETED a",
      "DELETED b",
    ]);
    await events.return?.();
  });

  test("bookmarks come behind what is there, every minute, and before a watch ends because its time is up", async () => {
    const watch = cluster.api(CoreV1).configMaps.in("home").watch({ allowWatchBookmarks: true, timeoutSeconds: 150 });
    const seconds: number[] = [];
    const began = clock.now();
    const over = (async () => {
      for await (const { type } of watch) if (type === "BOOKMARK") seconds.push((clock.now() - began) / 1000);
    })();
    await clock.run(over);
    expect(seconds).toEqual([0, 60, 120, 148]);
  });

  test("a version that was never reached is waited for, then refused", async () => {
    const list = cluster.api(CoreV1).configMaps.list({ resourceVersion: "1000" });
    const error = await clock.run(rejection(list));
    expect(error).toMatchObject({ statusCode: 504, status: { reason: "Timeout" } });
    expect(isExpired(error)).toBe(false);
  });

  test("finalizers hold what is deleted until the last one is gone", async () => {
    const maps = cluster.api(CoreV1).configMaps.in("home");
    await maps.create({ metadata: { name: "a", finalizers: ["example.com/a"] } });
    expect(await maps.delete("a")).toMatchObject({
      done: false,
      object: { metadata: { finalizers: ["example.com/a"] } },
    });
    const held = await maps.get("a");
    expect(held.metadata.deletionTimestamp).toBeDefined();
    await maps.patch("a", { merge: { metadata: { finalizers: null } } });
    expect(isNotFound(await rejection(maps.get("a")))).toBe(true);
  });
});
