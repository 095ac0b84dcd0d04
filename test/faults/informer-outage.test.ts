import { setTimeout as sleep } from "node:timers/promises";

import { CoreV1Api, KubeConfig, makeInformer } from "@kubernetes/client-node";
import { informer } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";

import { eventually } from "../support/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { differences, listenTo } from "./informers.ts";
import { asAdmin, clusterCa, closing, connecting, controlPlane, measured, ownNamespace } from "./support.ts";

const held = closing();
const connected = connecting();
const own = ownNamespace();

const outageMs = 25_000;
const writes = 3100;
/** What the network does, and for how long; a cut breaks every connection. */
const weather: readonly (readonly [what: "cuts" | "ends" | "black hole" | "refusals", ms: number])[] = [
  ["cuts", 3000],
  ["refusals", 4000],
  ["black hole", 7000],
  ["ends", 3000],
  ["black hole", 3000],
  ["refusals", 5000],
];

/** Breaks the network for as long as `going` takes, and at least until the weather is over; then all is well again. */
async function storm(proxy: FaultProxy, going: Promise<unknown>): Promise<void> {
  for (const [what, ms] of weather) {
    const end = performance.now() + ms;
    await proxy.heal();
    if (what === "black hole") proxy.blackHole();
    if (what === "refusals") await proxy.refuse();
    if (what === "refusals") proxy.reset();
    while (performance.now() < end) {
      if (what === "cuts") proxy.reset();
      if (what === "ends") proxy.fin();
      await sleep(Math.min(400, end - performance.now()));
    }
  }
  await going;
  await proxy.heal();
}

/** Creates, changes and deletes config maps, spread over the outage. */
async function write(configMaps: ReturnType<CoreV1["configMaps"]["in"]>): Promise<void> {
  const writers = 4;
  const began = performance.now();
  const names = new Set<string>();
  const one = async (i: number): Promise<void> => {
    // Each writer has its own names: 40, of which some exist.
    const name = `map-${i % 160}`;
    if (!names.has(name)) {
      await configMaps.create({ metadata: { name }, data: { write: `${i}` } });
      names.add(name);
    } else if (i % 7 === 0) {
      await configMaps.delete(name);
      names.delete(name);
    } else await configMaps.patch(name, { merge: { data: { write: `${i}`, text: "é".repeat(i % 50) } } });
  };
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let i = writer; i < writes; i += writers) {
        await sleep(Math.max(0, began + (i * outageMs) / writes - performance.now()));
        await one(i);
      }
    }),
  );
}

/** client-node's informer as its README has it, without a handler that starts it again. */
async function clientNodeInformer(server: string, namespace: string) {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: "c", server, caData: Buffer.from(clusterCa()).toString("base64") }],
    users: [{ name: "u", token: controlPlane().admin.token }],
    contexts: [{ name: "x", cluster: "c", user: "u" }],
    currentContext: "x",
  });
  const core = config.makeApiClient(CoreV1Api);
  const made = makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, () =>
    core.listNamespacedConfigMap({ namespace }),
  );
  const errors: unknown[] = [];
  made.on("error", (error) => errors.push(error));
  await made.start();
  return { errors, list: () => made.list(), close: () => made.stop() };
}

test(
  "25 s of cuts, black holes and refusals, 3,100 writes meanwhile: informers become equal to a fresh list by themselves",
  { timeout: 90_000 },
  async () => {
    const proxy = await held(startFaultProxy(controlPlane().server));
    const direct = (await connected(asAdmin())).api(CoreV1).configMaps.in(own.namespace);
    const ours = await Promise.all(
      (["auto", "http/1.1"] as const).map(async (protocol) => {
        const { configMaps } = (await connected({ ...asAdmin(proxy.url), protocol })).api(CoreV1);
        const cache = await held(informer(configMaps.in(own.namespace)));
        return { protocol, cache, told: listenTo(cache) };
      }),
    );
    const theirs = await held(clientNodeInformer(proxy.url, own.namespace));
    await Promise.all(ours.map(({ cache }) => cache.synced()));

    await storm(proxy, write(direct));

    const back = performance.now();
    const fresh = (await direct.list()).items;
    expect(fresh.length).toBeGreaterThan(100);
    const outcomes = await Promise.all(
      ours.map(async ({ protocol, cache, told }) => {
        const equal = (): boolean => differences(cache.list(), fresh).length === 0;
        await eventually(
          () => equal() || undefined,
          `${protocol}: ${differences(cache.list(), fresh)[0]}`,
          20_000,
        ).catch((error: unknown) => error);
        const { restarts } = cache.health;
        measured(
          `equal after 25 s of outage, ${protocol}`,
          `${Math.round(performance.now() - back)} ms, ${restarts} restarts`,
        );
        expect(differences(cache.list(), fresh)).toEqual([]);
        await eventually(() => differences(told.objects.values(), fresh).length === 0 || undefined, "all is told");
        expect(told.wrong).toEqual([]);
        return told.events.length;
      }),
    );
    measured("events told of 3,100 writes", outcomes.join(", "));
    const missing = differences(theirs.list(), fresh).length;
    measured("client-node's informer", `${missing} of ${fresh.length} objects wrong, ${theirs.errors.length} errors`);
    expect(theirs.errors.length).toBeGreaterThan(0);
    expect(missing).toBeGreaterThan(0);
  },
);
