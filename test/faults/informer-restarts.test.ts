import { readFileSync } from "node:fs";

import { type Cluster, type ConnectOptions, type Informer, informer, type KubernetesObject } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { differences, listenTo, type Read, recordReads, type Told, untilEqual, whatOf } from "./informers.ts";
import { closing, connecting, measured } from "./support.ts";

// A control plane of its own, whose servers are killed, restarted and restored.

const held = closing();
const connected = connecting();
let plane: ControlPlane;
let servers: readonly [first: string, second: string, withoutCache: string];

beforeAll(async () => {
  plane = await startControlPlane({ apiOnly: true, second: true, noWatchCache: true });
  servers = [plane.server, plane.secondServer?.server ?? "", plane.noWatchCacheServer?.server ?? ""];
});
afterAll(() => plane?.stop());

function asAdmin(server: string): ConnectOptions {
  return { server, ca: readFileSync(plane.caFile, "utf8"), token: plane.admin.token };
}

async function makeNamespace(direct: Cluster, prefix: string): Promise<string> {
  return (await direct.api(CoreV1).namespaces.create({ metadata: { generateName: prefix } })).metadata.name;
}

/** What tests need of a collection, whatever its kind. */
interface Collection {
  list(): Promise<{ readonly items: readonly unknown[] }>;
  create(name: string): Promise<unknown>;
  change(name: string): Promise<unknown>;
  delete(name: string): Promise<unknown>;
  follow(cluster: Cluster): Informer<KubernetesObject>;
}

function configMapsIn(namespace: string, direct: Cluster): Collection {
  const maps = direct.api(CoreV1).configMaps.in(namespace);
  return {
    list: () => maps.list({ labelSelector: "of=test" }),
    create: (name) => maps.create({ metadata: { name, labels: { of: "test" } } }),
    change: (name) => maps.patch(name, { merge: { data: { changed: `${performance.now()}` } } }),
    delete: (name) => maps.delete(name),
    follow: (cluster) => informer(cluster.api(CoreV1).configMaps.in(namespace), { labelSelector: "of=test" }),
  };
}

function eventsIn(namespace: string, direct: Cluster): Collection {
  const events = direct.api(CoreV1).events.in(namespace);
  return {
    list: () => events.list(),
    create: (name) => events.create({ metadata: { name }, involvedObject: { kind: "Pod", name: "any", namespace } }),
    change: (name) => events.patch(name, { merge: { message: `${performance.now()}` } }),
    delete: (name) => events.delete(name),
    follow: (cluster) => informer(cluster.api(CoreV1).events.in(namespace)),
  };
}

/** What was told since `from`, sorted; of one object in its order. */
function namesOf({ events }: Told, from: number): readonly string[] {
  const texts = events.slice(from).map(({ type, object }) => [object.metadata.name, type] as const);
  return texts.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([name, type]) => `${name} ${type}`);
}

interface Away {
  readonly what: string;
  readonly collection: Collection;
  readonly cache: Informer<KubernetesObject>;
  readonly told: Told;
  readonly reads: readonly Read[];
}

test("versions that a server forgot: one list each, and exactly what is different", async () => {
  const direct = await connected(asAdmin(servers[1]));
  const namespace = await makeNamespace(direct, "forgotten-");
  const [maps, events] = [configMapsIn(namespace, direct), eventsIn(namespace, direct)];
  for (const collection of [maps, events])
    for (const name of ["kept", "changed", "removed", "replaced"]) await collection.create(name);
  const proxies: FaultProxy[] = [];
  const begin = async (what: string, server: string, collection: Collection): Promise<Away> => {
    const proxy = await held(startFaultProxy(server));
    proxies.push(proxy);
    const { reads, interceptor } = recordReads();
    const cluster = await connected({ ...asAdmin(proxy.url), interceptors: [interceptor] });
    const cache = await held(collection.follow(cluster));
    const told = listenTo(cache);
    await cache.synced();
    await eventually(() => told.objects.size === 4 || undefined, "all are told");
    return { what, collection, cache, told, reads };
  };
  const all = await Promise.all([
    begin("Events, by compaction", servers[1], events),
    begin("config maps without a watch cache, by compaction", servers[2], maps),
    begin("config maps, by a restart", servers[0], maps),
  ]);

  for (const proxy of proxies) {
    await proxy.refuse();
    proxy.reset();
  }
  for (const collection of [maps, events]) {
    await collection.change("changed");
    await collection.delete("removed");
    await collection.delete("replaced");
    await collection.create("replaced");
    await collection.create("new");
    await collection.create("passing");
    await collection.delete("passing");
  }
  await plane.compact();
  await plane.kill("kube-apiserver");
  await plane.start("kube-apiserver");
  await Promise.all(proxies.map((proxy) => proxy.heal()));

  for (const { what, collection, cache, told, reads } of all) {
    await untilEqual(cache, collection);
    await eventually(() => told.objects.size === cache.size || undefined, "all is told");
    expect(namesOf(told, 4), what).toEqual([
      "changed updated",
      "new added",
      "removed deleted",
      "replaced deleted",
      "replaced added",
    ]);
    expect(told.wrong, what).toEqual([]);
    expect(whatOf(reads), what).toEqual(["watch with list", expect.stringMatching(/^watch [1-9]/), "watch with list"]);
  }
  for (const collection of [maps, events]) await collection.create("later");
  for (const { what, cache, reads } of all) {
    await eventually(() => cache.get("later"), `${what}: what comes later is told`);
    expect(reads, what).toHaveLength(3);
  }
});

test("both API servers killed and started in turn: each of 50 informers asks for one watch at a time, apart", async () => {
  const count = 50;
  const relay = await held(startFaultProxy(servers[0]));
  const direct = await connected(asAdmin(servers[2]));
  const namespace = await makeNamespace(direct, "turns-");
  const maps = direct.api(CoreV1).configMaps.in(namespace);
  const { reads, interceptor } = recordReads();
  const cluster = await connected({ ...asAdmin(relay.url), interceptors: [interceptor] });
  const client = cluster.api(CoreV1).configMaps.in(namespace);
  const all = await Promise.all(
    // Each with another selector, so that they share nothing.
    Array.from({ length: count }, async (_, i) => {
      const cache = await held(informer(client, { labelSelector: `not-${i} notin (a)` }));
      const told = listenTo(cache);
      await cache.synced();
      return { cache, told };
    }),
  );
  expect(reads).toHaveLength(count);

  for (const [from, to] of [
    ["kube-apiserver", 1],
    ["kube-apiserver-second", 0],
  ] as const) {
    reads.length = 0;
    // All know a version that the server which takes over knows too.
    const before = await maps.create({ metadata: { generateName: "before-" } });
    await Promise.all(all.map(({ cache }) => cache.atLeast(before.metadata.resourceVersion)));
    await plane.kill(from);
    const after = await maps.create({ metadata: { generateName: "after-" } });
    relay.switchTo(servers[to]);
    await Promise.all(all.map(({ cache }) => cache.atLeast(after.metadata.resourceVersion)));
    const { items } = await maps.list();
    expect(all.flatMap(({ cache }) => differences(cache.list(), items))).toEqual([]);
    const at = reads.map((read) => read.at);
    const spread = Math.max(...at) - Math.min(...at);
    measured(`${from} killed under ${count} informers`, `${reads.length} watches, within ${Math.round(spread)} ms`);
    expect(reads.filter(({ what }) => !/^watch [1-9]/.test(what))).toEqual([]);
    expect([new Set(reads.map(({ labelSelector }) => labelSelector)).size, reads.length]).toEqual([count, count]);
    // At random within a second, or nearly: all at once would be a storm.
    expect(spread).toBeGreaterThan(200);
    await plane.start(from);
  }
  for (const { told } of all) expect(told.wrong).toEqual([]);
});

test("etcd restored to an older state: caches follow, and what is different is told once", async () => {
  const writer = await connected(asAdmin(servers[1]));
  const namespace = await makeNamespace(writer, "restored-");
  const [maps, events] = [configMapsIn(namespace, writer), eventsIn(namespace, writer)];
  for (const collection of [maps, events])
    for (const name of ["kept", "changed", "removed"]) await collection.create(name);
  const copy = await plane.snapshot();
  for (const collection of [maps, events]) {
    await collection.create("lost");
    await collection.change("changed");
    await collection.delete("removed");
  }
  // The restored servers write a little themselves, and must not come so far.
  for (let i = 0; i < 200; i++) await maps.change("changed");
  const proxy = await held(startFaultProxy(servers[0]));
  const begin = async (what: string, server: string, collection: Collection) => {
    const cache = await held(collection.follow(await connected(asAdmin(server))));
    const told = listenTo(cache);
    await cache.synced();
    await eventually(() => told.objects.size === 3 || undefined, "all are told");
    return { what, collection, cache, told };
  };
  const all = await Promise.all([
    begin("config maps", servers[0], maps),
    begin("config maps without a watch cache", servers[2], maps),
    begin("config maps, the network away meanwhile", proxy.url, maps),
    begin("Events", servers[1], events),
  ]);
  await proxy.refuse();
  proxy.reset();

  await plane.restore(copy);
  const began = performance.now();
  await proxy.heal();
  await Promise.all(
    all.map(async ({ what, collection, cache, told }) => {
      await untilEqual(cache, collection);
      measured(`restored, ${what}: equal after`, `${Math.round(performance.now() - began)} ms`);
      await eventually(() => told.objects.size === cache.size || undefined, "all is told");
      expect(namesOf(told, 3), what).toEqual(["changed updated", "lost deleted", "removed added"]);
      expect(told.wrong, what).toEqual([]);
    }),
  );
  for (const { what, collection } of all.slice(-2)) await collection.create(`later-${what.length}`);
  await Promise.all(all.map(({ cache, collection }) => untilEqual(cache, collection)));
});
