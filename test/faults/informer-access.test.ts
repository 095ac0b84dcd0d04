import { type Cluster, connect, informer, isForbidden, isNotFound, type KubernetesObject, watcher } from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { describe, expect, type TestContext, test } from "vitest";

import { rejection } from "../support/api-request.ts";
import { eventually, succeeds } from "../support/eventually.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { untilAllowed } from "../support/until-allowed.ts";
import { listenTo, recordReads, untilEqual, whatOf } from "./informers.ts";
import { asAdmin, closingAfter, controlPlane, measured } from "./support.ts";

interface Lamp extends KubernetesObject {
  spec?: { watts?: number; color?: string };
}

/** A custom resource of the test's own, which is not defined yet. */
function lampsOf(group: string) {
  const descriptor = { group, version: "v1", plural: "lamps", kind: "Lamp", namespaced: false } as const;
  return {
    of: (cluster: Cluster) => cluster.resource<Lamp>(descriptor),
    async define(cluster: Cluster): Promise<void> {
      await cluster.api(ApiextensionsV1).customResourceDefinitions.create({
        metadata: { name: `lamps.${group}` },
        spec: {
          group,
          scope: "Cluster",
          names: { plural: "lamps", kind: "Lamp" },
          versions: [
            {
              name: "v1",
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: "object",
                  properties: { spec: { type: "object", properties: { watts: { type: "integer" } } } },
                },
              },
            },
          ],
        },
      });
    },
    /** Changes the definition, whereupon the server begins anew with the resource. */
    async redefine(cluster: Cluster): Promise<void> {
      const path = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/color";
      await cluster
        .api(ApiextensionsV1)
        .customResourceDefinitions.patch(`lamps.${group}`, { json: [{ op: "add", path, value: { type: "string" } }] });
    },
    async undefine(cluster: Cluster): Promise<void> {
      await cluster.api(ApiextensionsV1).customResourceDefinitions.delete(`lamps.${group}`);
    },
  };
}

describe.concurrent("definitions that come and go", () => {
  test(
    "one that comes later is found; when it goes, all is deleted, and the end is told",
    { timeout: 60_000 },
    async (context) => {
      const held = closingAfter(context);
      const direct = await held(connect(asAdmin()));
      const lamps = lampsOf("later.example.com");
      const cache = await held(informer(lamps.of(direct)));
      const told = listenTo(cache);
      const waiting = cache.synced({ waitForAccess: true });
      expect(await rejection(cache.synced())).toSatisfy(isNotFound);
      expect(cache.health).toMatchObject({ state: "recovering", synced: false });

      await lamps.define(direct);
      const began = performance.now();
      await waiting;
      measured("a definition that comes later is found after", `${Math.round(performance.now() - began)} ms`);
      for (const name of ["a", "b"]) await lamps.of(direct).create({ metadata: { name }, spec: { watts: 40 } });
      await eventually(() => cache.size === 2 || undefined, "what is created is told");
      const watching = follow(watcher(lamps.of(direct)));
      await eventually(() => watching.applied.length === 2 || undefined, "the watcher is told");

      await lamps.undefine(direct);
      await told.ended;
      expect(cache.health.state).toBe("gone");
      expect(isNotFound(cache.health.error)).toBe(true);
      expect(cache.size).toBe(0);
      expect(told.events.map(({ type, object }) => `${type} ${object.metadata.name}`).toSorted()).toEqual([
        "added a",
        "added b",
        "deleted a",
        "deleted b",
      ]);
      expect(told.wrong).toEqual([]);
      expect(await rejection(watching.ended)).toSatisfy(isNotFound);
      expect(watching.deleted.toSorted()).toEqual(["a", "b"]);
      expect(await rejection(cache.atLeast("1"))).toSatisfy(isNotFound);
    },
  );

  test(
    "one that goes while the network is away: what was there is told as deleted",
    { timeout: 60_000 },
    async (context) => {
      const held = closingAfter(context);
      const direct = await held(connect(asAdmin()));
      const proxy = await held(startFaultProxy(controlPlane().server));
      const away = await held(connect(asAdmin(proxy.url)));
      const lamps = lampsOf("away.example.com");
      await lamps.define(direct);
      await succeeds(() => lamps.of(direct).create({ metadata: { name: "a" }, spec: { watts: 40 } }));
      const cache = await held(informer(lamps.of(away)));
      const told = listenTo(cache);
      await cache.synced({ waitForAccess: true });
      const watching = follow(watcher(lamps.of(away)));
      await eventually(() => watching.applied.length === 1 || undefined, "the watcher is told");

      await proxy.refuse();
      proxy.reset();
      await lamps.undefine(direct);
      const direct404 = async (): Promise<true | undefined> => {
        const outcome = await lamps
          .of(direct)
          .list()
          .catch((error: unknown) => error);
        return isNotFound(outcome) || undefined;
      };
      await eventually(direct404, "it is gone from the server");
      await proxy.heal();
      await told.ended;
      expect(cache.health.state).toBe("gone");
      expect(told.events.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
        "added a",
        "deleted a",
      ]);
      expect(told.wrong).toEqual([]);
      expect(cache.size).toBe(0);
      expect(await rejection(watching.ended)).toSatisfy(isNotFound);
    },
  );
});

test.concurrent("a definition that changes: the watch goes on, and nothing is told twice", async (context) => {
  const held = closingAfter(context);
  const direct = await held(connect(asAdmin()));
  const lamps = lampsOf("changing.example.com");
  await lamps.define(direct);
  context.onTestFinished(() => lamps.undefine(direct));
  const client = lamps.of(direct);
  await succeeds(() => client.create({ metadata: { name: "a" }, spec: { watts: 40 } }));
  const cache = await held(informer(client));
  const told = listenTo(cache);
  await cache.synced({ waitForAccess: true });
  await client.create({ metadata: { name: "b" } });
  await eventually(() => cache.get("b"), "it is watched");

  // What is written before the server has ended the old watches, these show by the old definition.
  const { restarts } = cache.health;
  await lamps.redefine(direct);
  await eventually(() => cache.health.restarts > restarts || undefined, "the server has ended the watch");
  await succeeds(async () => {
    const patched = await client.patch("a", { merge: { spec: { color: "red" } } });
    expect(patched.spec?.color).toBe("red");
  });
  await client.delete("b");
  await eventually(() => (cache.get("b") === undefined && cache.get("a")?.spec?.color === "red") || undefined, "equal");
  await untilEqual(cache, client);
  await eventually(() => told.objects.size === 1 || undefined, "all is told");
  expect(cache.health.state).toBe("streaming");
  expect(
    told.events.filter(({ type }) => type !== "updated").map(({ type, object }) => `${type} ${object.metadata.name}`),
  ).toEqual(["added a", "added b", "deleted b"]);
  expect(told.wrong).toEqual([]);
});

describe.concurrent("rights", () => {
  async function namespaces(context: TestContext, direct: Cluster, count: number): Promise<readonly string[]> {
    const core = direct.api(CoreV1);
    const made = await Promise.all(
      Array.from({ length: count }, () => core.namespaces.create({ metadata: { generateName: "rights-" } })),
    );
    const names = made.map(({ metadata }) => metadata.name);
    context.onTestFinished(async () => {
      for (const name of names) await core.namespaces.delete(name);
    });
    return names;
  }

  /** Lets the user without rights read in this namespace. */
  async function grant(direct: Cluster, namespace: string): Promise<void> {
    await direct
      .api(RbacV1)
      .roleBindings.in(namespace)
      .create({
        metadata: { name: "reader" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: controlPlane().noRights.user }],
      });
  }

  test("none: synced() says 403; when they are granted, it goes on by itself", { timeout: 60_000 }, async (context) => {
    const held = closingAfter(context);
    const direct = await held(connect(asAdmin()));
    const [namespace = ""] = await namespaces(context, direct, 1);
    await direct
      .api(CoreV1)
      .configMaps.in(namespace)
      .create({ metadata: { name: "secretive" } });
    const nobody = await held(connect({ ...asAdmin(), token: controlPlane().noRights.token }));
    const cache = await held(informer(nobody.api(CoreV1).configMaps.in(namespace)));
    const told = listenTo(cache);
    expect(await rejection(cache.synced())).toSatisfy(isForbidden);
    expect(cache.health).toMatchObject({ state: "recovering", synced: false, error: { statusCode: 403 } });
    const waiting = cache.synced({ waitForAccess: true });
    await grant(direct, namespace);
    const began = performance.now();
    await waiting;
    measured("rights that are granted are found after", `${Math.round(performance.now() - began)} ms`);
    await cache.synced();
    expect(cache.health).toMatchObject({ state: "streaming", synced: true, error: undefined });
    expect(cache.get("secretive")).toBeDefined();
    await direct.api(CoreV1).configMaps.in(namespace).delete("secretive");
    await eventually(() => cache.get("secretive") === undefined || undefined, "it is watched");
    expect(told.wrong).toEqual([]);
  });

  test("in some namespaces only: these are followed, each by a watch", { timeout: 60_000 }, async (context) => {
    const held = closingAfter(context);
    const direct = await held(connect(asAdmin()));
    const [one = "", two = "", three = ""] = await namespaces(context, direct, 3);
    for (const namespace of [one, two, three])
      await direct
        .api(CoreV1)
        .configMaps.in(namespace)
        .create({ metadata: { name: "mine" } });
    for (const granted of [one, two]) {
      await grant(direct, granted);
      await untilAllowed(direct, controlPlane().noRights.user, granted);
    }
    const { reads, interceptor } = recordReads();
    const nobody = await held(
      connect({ ...asAdmin(), token: controlPlane().noRights.token, interceptors: [interceptor] }),
    );
    const { configMaps } = nobody.api(CoreV1);
    expect(await rejection((await held(informer(configMaps))).synced())).toSatisfy(isForbidden);

    const cache = await held(informer(configMaps, { namespaces: [one, two] }));
    const told = listenTo(cache);
    await cache.synced({ waitForAccess: true });
    expect(whatOf(reads)).toEqual(Array.from({ length: 3 }, () => "watch with list"));
    expect(cache.get("mine", one)?.metadata.namespace).toBe(one);
    expect(cache.list({ namespace: two }).map(({ metadata }) => metadata.name)).toContain("mine");
    await direct.api(CoreV1).configMaps.in(two).delete("mine");
    await direct.api(CoreV1).configMaps.in(three).delete("mine");
    await eventually(() => cache.get("mine", two) === undefined || undefined, "it is watched");
    expect(cache.get("mine", one)).toBeDefined();
    expect(told.wrong).toEqual([]);

    const partly = await held(informer(configMaps, { namespaces: [one, three] }));
    expect(await rejection(partly.synced())).toMatchObject({ statusCode: 403 });
    expect(partly.health).toMatchObject({ state: "recovering", synced: false });
    expect(partly.get("mine", one)).toBeDefined();
  });
});

/** What a watcher tells, until it ends. */
function follow(events: AsyncIterable<{ readonly type: string }>): {
  readonly applied: string[];
  readonly deleted: string[];
  readonly ended: Promise<void>;
} {
  const [applied, deleted]: [string[], string[]] = [[], []];
  const ended = (async () => {
    for await (const event of events as AsyncIterable<{ type: string; object: { metadata: { name: string } } }>) {
      if (event.type === "apply") applied.push(event.object.metadata.name);
      if (event.type === "delete") deleted.push(event.object.metadata.name);
    }
  })();
  ended.catch(() => {}); // the test looks at it in the end
  return { applied, deleted, ended };
}
