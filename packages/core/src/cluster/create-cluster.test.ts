import { describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import { systemClock } from "../time/clock.ts";
import type { Group } from "../types/descriptor.ts";
import type { KubernetesObject } from "../types/object.ts";
import { createCluster } from "./create-cluster.ts";

const base = "/apis/example.com/v1/namespaces/home/widgets";

function setUp(json: unknown = { metadata: { name: "w" } }) {
  const transport = recordingTransport(() => ({ json }));
  return { cluster: createCluster({ transport, namespace: "home", userAgent: "test" }), requests: transport.requests };
}

test("the connection's namespace cannot be empty", () => {
  const transport = recordingTransport();
  expect(() => createCluster({ transport, namespace: "" })).toThrow("namespace: it is empty");
  expect(createCluster({ transport }).namespace).toBe("default");
});

test.each<[field: string, options: object]>([
  ["clock", { clock: Date }],
  ["clock.now", { clock: {} }],
  ["clock.after", { clock: { ...systemClock, after: 5 } }],
  ["metrics.count", { metrics: { observe() {} } }],
  ["metrics.observe", { metrics: { count() {} } }],
  ["metrics.gauge", { metrics: { count() {}, observe() {}, gauge: 1 } }],
])("a wrong %s is refused", (field, options) => {
  const transport = recordingTransport();
  expect(() => createCluster({ transport, ...options })).toThrow(`Invalid ${field}: it must be`);
});

test("a group has one client", () => {
  const { cluster } = setUp();
  const group: Group<{ widgets: unknown }> = {
    group: "example.com",
    version: "v1",
    resources: { widgets: descriptor },
  };
  expect(cluster.api(group)).toBe(cluster.api(group));
  expect(Object.keys(cluster.api(group))).toEqual(["widgets"]);
});

describe("subresources", () => {
  test("a custom resource by hand has status, and scale with its own kind", async () => {
    const { cluster, requests } = setUp();
    const widgets = cluster.resource<KubernetesObject>(descriptor).in();
    await widgets.status.get("w");
    await widgets.scale.update({ metadata: { name: "w", resourceVersion: "1" }, spec: { replicas: 2 } });
    expect(requests.map(({ path }) => path)).toEqual([`${base}/w/status`, `${base}/w/scale`]);
    expect(requests[1]?.body).toMatch(/^{"apiVersion":"autoscaling\/v1","kind":"Scale",/);
    await expect(
      (widgets.scale as unknown as { create(name: string, object: object): Promise<unknown> }).create("w", {}),
    ).rejects.toThrow("widgets/scale in example.com/v1 cannot create; it can get, update, patch");
  });

  test("what says its verbs or subresources has these only", () => {
    const { cluster } = setUp();
    expect(cluster.resource({ ...descriptor, verbs: ["get"] })).not.toHaveProperty("status");
    expect(cluster.resource({ ...descriptor, subresources: {} })).not.toHaveProperty("status");
  });

  test("one that is called like a verb does not hide it", async () => {
    const { cluster, requests } = setUp();
    const verbs = ["get"] as const;
    const widgets = cluster.resource<KubernetesObject>({
      ...descriptor,
      subresources: { get: { group: "", version: "v1", kind: "Get", verbs } },
    });
    await widgets.in().get("w");
    expect(requests[0]?.path).toBe(`${base}/w`);
  });
});

test("to apply is to patch, where verbs are listed", async () => {
  const { cluster, requests } = setUp();
  const widgets = cluster.resource<KubernetesObject>({ ...descriptor, verbs: ["patch"] }).in();
  await widgets.apply({ metadata: { name: "w" } }, { fieldManager: "me" });
  expect(requests[0]).toMatchObject({ verb: "apply", method: "PATCH" });
});

test("metadata, in a namespace from either end; lists of objects ask for objects", async () => {
  const { cluster, requests } = setUp({ metadata: {}, items: [] });
  const widgets = cluster.resource<KubernetesObject>(descriptor);
  await widgets.in().metadata.list();
  await (widgets.metadata as unknown as typeof widgets).in().list();
  await widgets.in().list();
  const partial = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  expect(requests.map(({ path, headers }) => [path, headers.accept])).toEqual([
    [base, [partial]],
    [base, [partial]],
    [base, ["application/json"]],
  ]);
});

describe("what a delete answers", () => {
  const status = { kind: "Status", apiVersion: "v1", status: "Success" };

  test("the object, gone or going; a kind that is called Status is one too", async () => {
    const object = { apiVersion: "example.com/v1", kind: "Status", metadata: { deletionTimestamp: "t" } };
    const gone = { ...object, metadata: {} };
    const of = (json: unknown) => setUp(json).cluster.resource<KubernetesObject>(descriptor).in().delete("w");
    expect(await of(status)).toEqual({ done: true, status });
    expect(await of(object)).toEqual({ done: false, object });
    expect(await of(gone)).toEqual({ done: true, object: gone });
  });

  test("of a collection: a Status, or the list with what it says of itself and the objects with their kind", async () => {
    const of = (json: unknown) => setUp(json).cluster.resource<KubernetesObject>(descriptor).in().deleteCollection();
    expect(await of(status)).toEqual({ status });
    const metadata = { resourceVersion: "7", continue: "token", remainingItemCount: 3 };
    const list = { apiVersion: "example.com/v1", kind: "WidgetList", metadata };
    expect(await of({ ...list, items: [{ metadata: { name: "w" } }] })).toEqual({
      ...list,
      items: [{ apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } }],
    });
    expect(await of({ ...list, items: null })).toEqual({ ...list, items: [] });
    expect(await of({ kind: "WidgetList" })).toEqual({ kind: "WidgetList", metadata: {}, items: [] });
  });
});

test("each ends where continue is empty", async () => {
  const { cluster, requests } = setUp({ metadata: { continue: "" }, items: [{ metadata: {} }] });
  for await (const _ of cluster.resource<KubernetesObject>(descriptor).each()) expect(requests).toHaveLength(1);
  expect(requests).toHaveLength(1);
});
