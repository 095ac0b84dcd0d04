import type { KubernetesObject } from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { adminCluster } from "./support.ts";

const held = adminCluster({ fieldManager: "custom-test" });
const group = "custom.example.com";

interface Rocket extends KubernetesObject {
  spec?: { engines?: number; fuel?: string };
  status?: { engines?: number; selector?: string; phase?: string };
}

beforeAll(async () => {
  const properties = {
    engines: { type: "integer" },
    fuel: { type: "string" },
    phase: { type: "string" },
    selector: { type: "string" },
  };
  await held.cluster.api(ApiextensionsV1).customResourceDefinitions.create({
    metadata: { name: `rockets.${group}` },
    spec: {
      group,
      scope: "Cluster",
      names: { plural: "rockets", singular: "rocket", kind: "Rocket", shortNames: ["rkt"] },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: { spec: { type: "object", properties }, status: { type: "object", properties } },
            },
          },
          subresources: {
            status: {},
            scale: {
              specReplicasPath: ".spec.engines",
              statusReplicasPath: ".status.engines",
              labelSelectorPath: ".status.selector",
            },
          },
        },
      ],
    },
  });
  await eventually(async () => {
    held.cluster.discovery.refresh();
    return (await held.cluster.discovery.groups()).some(({ name }) => name === group) || undefined;
  }, "rockets are served");
});

afterAll(() => held.cluster.api(ApiextensionsV1).customResourceDefinitions.delete(`rockets.${group}`));

const rockets = () =>
  held.cluster.resource<Rocket>({ group, version: "v1", plural: "rockets", kind: "Rocket", namespaced: false });

test("a cluster-scoped custom resource by hand has every verb", async () => {
  const created = await rockets().create({ metadata: { name: "a" }, spec: { engines: 3, fuel: "kerosene" } });
  expect(created).toMatchObject({ apiVersion: `${group}/v1`, kind: "Rocket" });
  created.spec = { ...created.spec, fuel: "methane" };
  const updated = await rockets().update(created);
  const merged = await rockets().patch("a", { merge: { spec: { fuel: null } } });
  expect([updated.spec?.fuel, merged.spec?.fuel]).toEqual(["methane", undefined]);
  await rockets().patch("a", { json: [{ op: "add", path: "/spec/fuel", value: "hydrogen" }] });
  await rockets().apply({ metadata: { name: "b" }, spec: { engines: 9 } });
  const { items } = await rockets().list();
  expect(items.map(({ metadata, spec, kind }) => [kind, metadata.name, spec])).toEqual([
    ["Rocket", "a", { engines: 3, fuel: "hydrogen" }],
    ["Rocket", "b", { engines: 9 }],
  ]);
  expect((await rockets().table()).rows).toHaveLength(2);
  expect((await rockets().metadata.list()).items.map(({ metadata }) => metadata.name)).toEqual(["a", "b"]);
  expect(await rockets().delete("a")).toMatchObject({ done: true, status: { status: "Success" } });
  const watched = rockets().watch({
    sendInitialEvents: true,
    allowWatchBookmarks: true,
    resourceVersionMatch: "NotOlderThan",
  });
  for await (const event of watched) {
    if (event.type === "BOOKMARK") break;
    expect([event.type, event.object.metadata.name]).toEqual(["ADDED", "b"]);
  }
  await rockets().create({ metadata: { name: "c" } });
  expect((await rockets().deleteCollection()).items?.map(({ metadata }) => metadata.name)).toEqual(["b", "c"]);
});

test("status and scale have their own paths", async () => {
  await rockets().create({ metadata: { name: "scaled" }, spec: { engines: 1 } });
  await rockets().status.patch("scaled", {
    merge: { status: { phase: "Launched", engines: 1, selector: "app=rocket" } },
  });
  const scale = await rockets().scale.get("scaled");
  expect(scale).toMatchObject({
    kind: "Scale",
    spec: { replicas: 1 },
    status: { replicas: 1, selector: "app=rocket" },
  });
  scale.spec.replicas = 5;
  await rockets().scale.update(scale);
  const rocket = await rockets().get("scaled");
  expect([rocket.spec?.engines, rocket.status?.phase]).toEqual([5, "Launched"]);
  await rockets().delete("scaled");
});

test("strategic merge is refused by the server with a typed error", async () => {
  await rockets().create({ metadata: { name: "strategic" } });
  // As JavaScript would; test/types shows that it does not compile.
  const patch = { strategic: { spec: { fuel: "x" } } } as never;
  const refused: unknown = await rockets()
    .patch("strategic", patch)
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: "StatusError", statusCode: 415, reason: "UnsupportedMediaType" });
  await rockets().delete("strategic");
});

test("a custom resource is found by its short name in discovery", async () => {
  const found = await held.cluster.find<Rocket>("rkt");
  const created = await found.create({ metadata: { name: "found" }, spec: { engines: 2 } });
  expect(created.metadata.name).toBe("found");
  await found.delete("found");
});
