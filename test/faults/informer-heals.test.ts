import { connect, informer } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { describe, expect, test } from "vitest";

import { startControlPlane } from "../controlplane/start.ts";
import { eventually } from "../support/eventually.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { listenTo, recordReads, untilEqual, whatOf } from "./informers.ts";
import { makeServiceAccount, untilRefused } from "./service-account.ts";
import { asAdmin, clusterCa, closingAfter, controlPlane, measured, ownNamespace } from "./support.ts";

const own = ownNamespace();

describe.concurrent("connections that die without a sign", () => {
  test(
    "HTTP/2: found by a ping after 15 s at most, and another takes its place",
    { timeout: 60_000 },
    async (context) => {
      const held = closingAfter(context);
      const proxy = await held(startFaultProxy(controlPlane().server));
      const direct = await held(connect(asAdmin()));
      const cluster = await held(connect(asAdmin(proxy.url)));
      const namespace = own.namespace;
      const maps = direct.api(CoreV1).configMaps.in(namespace);
      const cache = await held(informer(cluster.api(CoreV1).configMaps.in(namespace)));
      const told = listenTo(cache);
      await cache.synced();

      proxy.swallow();
      const began = performance.now();
      await maps.create({ metadata: { name: "unheard" } });
      await eventually(() => cache.health.error, "it is noticed", 30_000);
      const noticed = performance.now() - began;
      await eventually(() => cache.get("unheard"), "it is healed");
      measured(
        "half-open connection, h2",
        `noticed after ${Math.round(noticed)} ms, healed after ${Math.round(performance.now() - began)} ms`,
      );
      // Ten seconds of silence, and five for the ping; the watch itself would last five minutes.
      expect(noticed).toBeLessThan(25_000);
      expect(proxy.accepted).toBe(2);
      await untilEqual(cache, maps);
      expect(told.wrong).toEqual([]);
    },
  );

  test("HTTP/1.1: healed as soon as the connection breaks", async (context) => {
    const held = closingAfter(context);
    const proxy = await held(startFaultProxy(controlPlane().server));
    const direct = await held(connect(asAdmin()));
    const cluster = await held(connect({ ...asAdmin(proxy.url), protocol: "http/1.1" }));
    const maps = direct.api(CoreV1).configMaps.in(own.namespace);
    const cache = await held(informer(cluster.api(CoreV1).configMaps.in(own.namespace)));
    const told = listenTo(cache);
    await cache.synced();

    for (const [at, breakIt] of [() => proxy.reset(), () => proxy.fin(), () => proxy.halfClose()].entries()) {
      proxy.swallow();
      await maps.create({ metadata: { name: `unheard-${at}` } });
      breakIt();
      await eventually(() => cache.get(`unheard-${at}`), "it is healed");
    }
    await untilEqual(cache, maps);
    expect(cache.health).toMatchObject({ state: "streaming", restarts: 3, error: undefined });
    expect(told.wrong).toEqual([]);
  });
});

test.concurrent("a token that expires: the watch goes on; after a cut it is fetched once more, and nobody sees a 401", async (context) => {
  const held = closingAfter(context);
  const admin = await held(connect(asAdmin()));
  const { namespace, token } = await makeServiceAccount(admin);
  context.onTestFinished(async () => void (await admin.api(CoreV1).namespaces.delete(namespace)));
  const maps = admin.api(CoreV1).configMaps.in(namespace);
  const tokens = [await token("first"), await token("second")];
  const proxy = await held(startFaultProxy(controlPlane().server));
  const { reads, interceptor } = recordReads();
  let fetched = 0;
  const cluster = await held(
    connect({
      server: proxy.url,
      ca: clusterCa(),
      token: async () => tokens[fetched++] ?? "too many",
      interceptors: [interceptor],
    }),
  );
  const cache = await held(informer(cluster.api(CoreV1).configMaps.in(namespace)));
  const told = listenTo(cache);
  await cache.synced();
  await admin.api(CoreV1).secrets.in(namespace).delete("first");
  await untilRefused(controlPlane().server, tokens[0] as string, namespace);

  await maps.create({ metadata: { name: "during" } });
  await eventually(() => cache.get("during"), "the watch goes on");
  expect([fetched, cache.health.restarts, reads.length]).toEqual([1, 0, 1]);

  const errors = new Set<Error | undefined>();
  proxy.reset();
  await maps.create({ metadata: { name: "after" } });
  await eventually(() => {
    errors.add(cache.health.error);
    return cache.get("after");
  }, "the watch goes on after a cut");
  expect(fetched).toBe(2);
  expect(whatOf(reads)).toEqual(["watch with list", expect.stringMatching(/^watch [1-9]/)]);
  errors.delete(undefined);
  expect([...errors].map((error) => error?.name)).not.toContain("StatusError");
  await untilEqual(cache, maps);
  expect(told.wrong).toEqual([]);
});

describe.concurrent("servers that do less", () => {
  test("without WatchList: a list at once, and the connection remembers it", async (context) => {
    const held = closingAfter(context);
    const own = await startControlPlane({ apiOnly: true, apiServerFlags: ["--feature-gates=WatchList=false"] });
    context.onTestFinished(() => own.stop());
    const { reads, interceptor } = recordReads();
    const cluster = await held(connect({ kubeconfig: own.admin.kubeconfig, interceptors: [interceptor] }));
    const direct = await held(connect({ kubeconfig: own.admin.kubeconfig }));
    const maps = direct.api(CoreV1).configMaps.in("default");
    for (let i = 0; i < 30; i++)
      await maps.create({ metadata: { name: `map-${i}`, labels: { odd: `${i % 2 === 1}` } } });
    const { configMaps } = cluster.api(CoreV1);

    const began = performance.now();
    const cache = await held(informer(configMaps.in("default")));
    const told = listenTo(cache);
    await cache.synced();
    measured("synced without WatchList after", `${Math.round(performance.now() - began)} ms`);
    await untilEqual(cache, maps);
    const first = ["watch with list", "list 0", expect.stringMatching(/^watch [1-9]/)];
    await eventually(() => reads.length === first.length || undefined, "a watch follows the list");
    expect(whatOf(reads)).toEqual(first);

    const odd = await held(informer(configMaps.in("default"), { labelSelector: { odd: "true" } }));
    await odd.synced();
    expect(odd.size).toBe(15);
    await maps.delete("map-1");
    await eventually(
      () => (cache.get("map-1") === undefined && odd.size === 14) || undefined,
      "the watch tells of changes",
    );
    expect(whatOf(reads)).toEqual([...first, "list 0", expect.stringMatching(/^watch [1-9]/)]);
    expect(told.wrong).toEqual([]);
  });

  test("without a watch cache: the same, also after a cut", async (context) => {
    const held = closingAfter(context);
    const proxy = await held(startFaultProxy(controlPlane().noWatchCacheServer?.server ?? ""));
    const direct = await held(connect(asAdmin()));
    const { reads, interceptor } = recordReads();
    const cluster = await held(connect({ ...asAdmin(proxy.url), interceptors: [interceptor] }));
    const namespace = (await direct.api(CoreV1).namespaces.create({ metadata: { generateName: "no-cache-" } })).metadata
      .name;
    context.onTestFinished(async () => void (await direct.api(CoreV1).namespaces.delete(namespace)));
    const maps = direct.api(CoreV1).configMaps.in(namespace);
    for (let i = 0; i < 10; i++) await maps.create({ metadata: { name: `map-${i}` } });
    const cache = await held(informer(cluster.api(CoreV1).configMaps.in(namespace)));
    const told = listenTo(cache);
    await cache.synced();
    await untilEqual(cache, maps);
    await proxy.refuse();
    proxy.reset();
    await maps.delete("map-3");
    await maps.patch("map-4", { merge: { data: { changed: "yes" } } });
    await proxy.heal();
    await untilEqual(cache, maps);
    await eventually(() => told.objects.size === cache.size || undefined, "all is told");
    expect(reads[0]?.what).toBe("watch with list");
    expect(new Set(whatOf(reads.slice(1)).map((what) => what.split(" ")[0]))).toEqual(new Set(["watch"]));
    expect(
      told.events.filter(({ type }) => type !== "added").map(({ type, object }) => [type, object.metadata.name]),
    ).toEqual([
      ["deleted", "map-3"],
      ["updated", "map-4"],
    ]);
    expect(told.wrong).toEqual([]);
  });
});
