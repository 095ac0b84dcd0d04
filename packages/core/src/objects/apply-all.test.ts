import { describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { ApplyAllError } from "../errors/apply-all-error.ts";

const served = (version: string, ...resources: readonly object[]): object => ({ version, resources });
const kind = (group: string, version: string, name: string, resource: string): object => ({
  resource,
  responseKind: { group, version, kind: name },
  scope: "Cluster",
  verbs: ["get", "patch"],
});
const groups = [
  { metadata: { name: "" }, versions: [served("v1", kind("", "v1", "Namespace", "namespaces"))] },
  {
    metadata: { name: "apiextensions.k8s.io" },
    versions: [
      served("v1", kind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions")),
    ],
  },
];

test("discovery that fails while a definition is awaited hides nothing of what was applied", async () => {
  let defined = false;
  const transport = recordingTransport(({ method, path, body }) => {
    if (method === "PATCH") {
      defined ||= path.includes("customresourcedefinitions");
      return { json: JSON.parse(body as string) };
    }
    if (defined) return { status: 500, json: { kind: "Status", reason: "InternalError", message: "broken" } };
    return { json: { kind: "APIGroupDiscoveryList", items: path === "/api" ? groups.slice(0, 1) : groups.slice(1) } };
  });
  const cluster = createCluster({ transport, fieldManager: "test" });
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: { group: "example.com", names: { kind: "Widget" }, versions: [{ name: "v1" }] },
  };
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
  const error: unknown = await cluster.applyAll([definition, namespace]).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApplyAllError);
  const { applied, failures } = error as ApplyAllError;
  expect(applied).toEqual([namespace]);
  expect(failures).toEqual([{ object: definition, error: expect.objectContaining({ reason: "InternalError" }) }]);
});

test("what was given is sent, also when the caller changes it while discovery is asked", async () => {
  let changed = 0;
  const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a", labels: { n: "0" } } };
  const change = (): void => void (object.metadata.labels.n = `changed-${(changed += 1)}`);
  const transport = recordingTransport(({ method, path, body }) => {
    change();
    if (method === "PATCH") return { json: JSON.parse(body as string) };
    return { json: { kind: "APIGroupDiscoveryList", items: path === "/api" ? groups.slice(0, 1) : groups.slice(1) } };
  });
  const cluster = createCluster({ transport, fieldManager: "test" });
  const list = [object];
  const given = { apply: () => cluster.apply(object), applyAll: () => cluster.applyAll(list) };
  for (const [name, call] of Object.entries(given)) {
    cluster.discovery.refresh();
    object.metadata.labels.n = name;
    const called = call();
    change();
    list.length = 0;
    await called;
    list.push(object);
  }
  const sent = transport.requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.parse(body as string)]));
  expect(sent.map(({ metadata }: typeof object) => metadata.labels.n)).toEqual(Object.keys(given));
});

test("an object that contains itself is refused as such", async () => {
  const cyclic = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" }, spec: {} };
  cyclic.spec = { more: cyclic };
  const transport = recordingTransport(({ path }) => ({
    json: { kind: "APIGroupDiscoveryList", items: path === "/api" ? groups.slice(0, 1) : groups.slice(1) },
  }));
  const cluster = createCluster({ transport, fieldManager: "test" });
  await expect(cluster.apply(cyclic)).rejects.toThrow("it contains itself");
});

test.each<[string, unknown, string]>([
  ["one object", { kind: "Namespace" }, "Invalid objects: it must be a list of objects"],
  ["text", "kind: Namespace", "Invalid objects: it must be a list of objects"],
  ["nothing", undefined, "Invalid objects: it must be a list of objects"],
  ["a list with a gap", [{ kind: "Namespace" }, null], "Invalid objects[1]: it must be an object, not null"],
])("%s instead of a list of objects", async (_, objects, message) => {
  const transport = recordingTransport();
  const cluster = createCluster({ transport, fieldManager: "test" });
  await expect(cluster.applyAll(objects as [])).rejects.toThrow(message);
  expect(transport.requests).toEqual([]);
});

describe("against a server that comes to serve what it is told", () => {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
  const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } };
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      names: { kind: "Widget" },
      versions: [{ name: "v1" }, { name: "v0", served: false }],
    },
  };
  const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "a" } };
  const core = served("v1", kind("", "v1", "Namespace", "namespaces"), {
    ...kind("", "v1", "ConfigMap", "configmaps"),
    scope: "Namespaced",
  });
  const widgets = {
    metadata: { name: "example.com" },
    versions: [served("v1", kind("example.com", "v1", "Widget", "widgets"))],
  };

  /** Serves widgets from the given read of discovery on that follows their definition. */
  function setUp(readsUntilServed: number) {
    let reads = -1;
    const transport = recordingTransport(({ method, path, body }) => {
      if (method === "PATCH") {
        if (path.includes("customresourcedefinitions")) reads = 0;
        return { json: JSON.parse(body as string) };
      }
      if (path.includes("customresourcedefinitions"))
        return { json: { ...definition, status: { conditions: [{ type: "Established", status: "True" }] } } };
      if (path === "/apis" && reads >= 0) reads += 1;
      const others = reads > readsUntilServed ? [...groups.slice(1), widgets] : groups.slice(1);
      const items = path === "/api" ? [{ metadata: {}, versions: [core] }] : others;
      return { json: { kind: "APIGroupDiscoveryList", items } };
    });
    const cluster = createCluster({ transport, namespace: "home", fieldManager: "test", userAgent: "test" });
    const sent = (): string[] =>
      transport.requests.flatMap(({ method, path }) => (method === "PATCH" ? [path.split("/").at(-1) as string] : []));
    return { cluster, sent, requests: transport.requests };
  }

  test("namespaces come first, then definitions, which are waited for; results come in the order given", async () => {
    const { cluster, sent } = setUp(2);
    const objects = [widget, config, definition, namespace];
    expect((await cluster.applyAll(Promise.resolve(objects))).map(({ kind }) => kind)).toEqual(
      objects.map(({ kind }) => kind),
    );
    expect(sent()).toEqual(["a", "widgets.example.com", "w", "c"]);
  });

  test("a definition that is never served is one of the failures", async () => {
    const { cluster } = setUp(Infinity);
    const error: unknown = await cluster
      .applyAll([definition, config], { timeoutMs: 50 })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      applied: [config],
      failures: [{ object: definition, error: { name: "TimeoutError", timeoutMs: 50 } }],
    });
  });

  test("a dry run waits for nothing", async () => {
    const { cluster, requests } = setUp(Infinity);
    expect(await cluster.applyAll([definition], { dryRun: "All" })).toHaveLength(1);
    expect(requests.map(({ path }) => path)).toHaveLength(3);
  });

  test("an abort ends all of it with its reason", async () => {
    const reason = new Error("enough");
    const aborted = new AbortController();
    aborted.abort(reason);
    const before = setUp(0);
    await expect(before.cluster.applyAll([config], { signal: aborted.signal })).rejects.toBe(reason);
    await expect(before.cluster.apply(config, { signal: aborted.signal })).rejects.toBe(reason);
    expect(before.sent()).toEqual([]);
    const last = new AbortController();
    const patched = recordingTransport(({ method, path }) => {
      if (method === "PATCH") last.abort(reason);
      return { json: { kind: "APIGroupDiscoveryList", items: path === "/api" ? groups.slice(0, 1) : [] } };
    });
    const cluster = createCluster({ transport: patched, fieldManager: "test" });
    await expect(cluster.applyAll([namespace], { signal: last.signal })).rejects.toBe(reason);
    const waiting = setUp(Infinity);
    const controller = new AbortController();
    const outcome = waiting.cluster.applyAll([definition, config], { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(outcome).rejects.toBe(reason);
    expect(waiting.sent()).toEqual(["widgets.example.com"]);
  });

  test("one object goes where it says, or to the connection's namespace, with the options of the call", async () => {
    const { cluster, requests } = setUp(0);
    await cluster.apply(config, { force: true });
    await cluster.apply({ ...config, metadata: { name: "c" } });
    expect(requests.slice(2).map(({ path, query }) => [path, query])).toEqual([
      ["/api/v1/namespaces/a/configmaps/c", "force=true&fieldManager=test"],
      ["/api/v1/namespaces/home/configmaps/c", "fieldManager=test"],
    ]);
    await expect(cluster.apply({ ...config, kind: "" })).rejects.toThrow("kind: it is needed here");
    await expect(cluster.apply({ ...config, apiVersion: "" })).rejects.toThrow("apiVersion: it is needed here");
  });
});
