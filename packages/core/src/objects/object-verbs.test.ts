import { describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { DeleteAllError } from "../errors/delete-all-error.ts";

const verbs = ["get", "list", "create", "update", "patch", "delete"];
const entry = (group: string, kind: string, resource: string, scope: string): object => ({
  metadata: { name: group },
  versions: [{ version: "v1", resources: [{ resource, responseKind: { group, version: "v1", kind }, scope, verbs }] }],
});
const core = {
  metadata: { name: "" },
  versions: [
    {
      version: "v1",
      resources: [
        { resource: "pods", responseKind: { kind: "Pod" }, scope: "Namespaced", verbs },
        { resource: "namespaces", responseKind: { kind: "Namespace" }, scope: "Cluster", verbs },
      ],
    },
  ],
};
const others = [
  entry("example.com", "Widget", "widgets", "Namespaced"),
  entry("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", "Cluster"),
];

const notFound: Answer = {
  status: 404,
  json: { apiVersion: "v1", kind: "Status", status: "Failure", reason: "NotFound", code: 404 },
};
const success: Answer = { json: { apiVersion: "v1", kind: "Status", status: "Success" } };

function setUp(answer: (path: string) => Answer | undefined = () => undefined, groups: readonly object[] = others) {
  const warnings: string[] = [];
  const transport = recordingTransport(({ path, method, body }) => {
    if (path === "/api") return { json: { kind: "APIGroupDiscoveryList", items: [core] } };
    if (path === "/apis") return { json: { kind: "APIGroupDiscoveryList", items: groups } };
    const given = answer(path);
    if (given !== undefined) return given;
    if (method === "DELETE") return success;
    return { json: { metadata: { name: "w" }, echoed: body === undefined ? undefined : JSON.parse(body as string) } };
  });
  const cluster = createCluster({
    transport,
    namespace: "home",
    fieldManager: "me",
    userAgent: "test",
    onWarning: (text) => void warnings.push(text),
  });
  const sent = (): string[] =>
    transport.requests
      .filter(({ path }) => path !== "/api" && path !== "/apis")
      .map(({ method, path, query }) => `${method} ${path}${query && `?${query}`}`);
  return { cluster, sent, requests: transport.requests, warnings };
}

const widget = {
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name: "w", resourceVersion: "7" },
  spec: { n: 1 },
};
const base = "/apis/example.com/v1/namespaces";

describe("a verb on an object of any kind goes to the resource that the object says it belongs to", () => {
  test("in its namespace, or the connection's when it says none", async () => {
    const { cluster, sent } = setUp();
    const there = { ...widget, metadata: { ...widget.metadata, namespace: "shop" } };
    for (const object of [widget, there]) {
      await cluster.get(object);
      await cluster.create(object, { dryRun: "All" });
      await cluster.update(object);
      await cluster.patch(object, { merge: { spec: { n: 2 } } });
      expect(await cluster.delete(object, { gracePeriodSeconds: 0 })).toMatchObject({ done: true });
    }
    const manager = "fieldManager=me";
    const calls = (namespace: string): string[] => [
      `GET ${base}/${namespace}/widgets/w`,
      `POST ${base}/${namespace}/widgets?dryRun=All&${manager}`,
      `PUT ${base}/${namespace}/widgets/w?${manager}`,
      `PATCH ${base}/${namespace}/widgets/w?${manager}`,
      `DELETE ${base}/${namespace}/widgets/w`,
    ];
    expect(sent()).toEqual([...calls("home"), ...calls("shop")]);
  });

  test("a reference is enough where no body is sent", async () => {
    const { cluster, sent } = setUp();
    await cluster.get({ apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } });
    expect(sent()).toEqual(["GET /api/v1/namespaces/a"]);
  });

  test("a namespace on what lives outside of them is left out, with a warning", async () => {
    const { cluster, requests, warnings } = setUp();
    await cluster.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "a", namespace: "team" } });
    expect(JSON.parse(requests.at(-1)?.body as string)).toMatchObject({ metadata: { name: "a" } });
    expect(requests.at(-1)?.body).not.toContain("team");
    expect(warnings).toEqual([expect.stringContaining('metadata.namespace "team" is left out')]);
  });

  test("what was given is sent, also when the caller changes it while discovery is asked", async () => {
    const { cluster, requests } = setUp();
    const object = structuredClone(widget);
    const patch = { merge: { spec: { n: 1 } } };
    const calls = [cluster.create(object), cluster.update(object), cluster.patch(object, patch)];
    object.spec.n = patch.merge.spec.n = 2;
    await Promise.all(calls);
    const bodies = requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body as string)]));
    expect(bodies.map(({ spec }: typeof widget) => spec.n)).toEqual([1, 1, 1]);
  });

  test.each<[string, (cluster: ReturnType<typeof setUp>["cluster"]) => Promise<unknown>, string]>([
    [
      "no kind",
      (cluster) => cluster.get({ apiVersion: "v1", metadata: { name: "a" } }),
      "Invalid kind: it is needed here",
    ],
    [
      "no apiVersion",
      (cluster) => cluster.delete({ kind: "Pod", metadata: { name: "a" } }),
      "Invalid apiVersion: it is needed",
    ],
    ["no name", (cluster) => cluster.delete({ apiVersion: "v1", kind: "Pod" }), "Invalid metadata.name: it is needed"],
    [
      "an empty name",
      (cluster) => cluster.delete({ apiVersion: "v1", kind: "Pod", metadata: { name: "" } }),
      "Invalid name: it is empty",
    ],
    [
      "no resourceVersion",
      (cluster) => cluster.update({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" } }),
      "Invalid metadata.resourceVersion",
    ],
    [
      "an unknown option",
      (cluster) => cluster.get(widget, { lable: 1 } as never),
      "Invalid lable: there is no such option",
    ],
    ["an unknown kind", (cluster) => cluster.get({ ...widget, kind: "Wigdet" }), "did you mean Widget?"],
  ])("%s is told, and nothing is sent", async (_, call, message) => {
    const { cluster, sent } = setUp();
    expect(String(await rejection(call(cluster)))).toContain(message);
    expect(sent()).toEqual([]);
  });
});

describe("deleteAll", () => {
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: { group: "example.com", names: { kind: "Widget" } },
  };
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "home" } };
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" } };
  const paths = {
    definition: "DELETE /apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com",
    namespace: "DELETE /api/v1/namespaces/home",
    pod: "DELETE /api/v1/namespaces/home/pods/p",
    widget: `DELETE ${base}/home/widgets/w`,
  };

  test("goes in the reverse order of applyAll, and results come in the order given", async () => {
    const going = {
      ...pod,
      metadata: { ...pod.metadata, deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: ["a"] },
    };
    const { cluster, sent } = setUp((path) => (path.endsWith("/pods/p") ? { json: going } : undefined));
    const results = await cluster.deleteAll([pod, definition, namespace, widget]);
    expect(sent()).toEqual([paths.widget, paths.pod, paths.definition, paths.namespace]);
    expect(results.map(({ done }) => done)).toEqual([false, true, true, true]);
    expect(await cluster.deleteAll(Promise.resolve([]))).toEqual([]);
  });

  test("takes what is not there for deleted, also objects whose kind went with its definition", async () => {
    const { cluster } = setUp(() => notFound, [others[1] as object]);
    const results = await cluster.deleteAll([definition, widget, pod]);
    expect(results).toHaveLength(3);
    for (const result of results) expect(result).toMatchObject({ done: true, status: { reason: "NotFound" } });
    const unknown = await rejection(cluster.deleteAll([widget]));
    expect(unknown).toBeInstanceOf(DeleteAllError);
    expect(String(unknown)).toContain("the server has no Widget in example.com/v1");
  });

  test("tries every object, and tells what was deleted and what failed", async () => {
    const status = {
      apiVersion: "v1",
      kind: "Status",
      status: "Failure",
      reason: "Forbidden",
      message: "no",
      code: 403,
    };
    const { cluster, sent } = setUp((path) => (path.endsWith("/pods/p") ? { status: 403, json: status } : undefined));
    const error = (await rejection(cluster.deleteAll([namespace, pod, widget]))) as DeleteAllError;
    expect(sent()).toEqual([paths.widget, paths.pod, paths.namespace]);
    expect(error).toBeInstanceOf(DeleteAllError);
    expect(error.message).toMatch(
      /^DeleteFailed: 1 of 3 objects were not deleted: Pod p \(v1\): Forbidden: no \(delete /,
    );
    expect(error.failures).toEqual([{ object: pod, error: expect.objectContaining({ reason: "Forbidden" }) }]);
    expect(error.deleted).toHaveLength(2);
  });

  test("refuses what cannot be meant for many, and what is not a list", async () => {
    const { cluster, sent } = setUp();
    for (const call of [
      cluster.deleteAll([pod], { preconditions: { uid: "a" } } as never),
      cluster.deleteAll("pod" as never),
      cluster.deleteAll([pod, null as never]),
    ])
      expect(await rejection(call)).toMatchObject({ name: "InputError" });
    expect(sent()).toEqual([]);
  });
});
