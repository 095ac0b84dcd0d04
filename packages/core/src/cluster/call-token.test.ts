import { expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import { InputError } from "../errors/input-error.ts";
import { impersonate } from "../interceptors/impersonate.ts";
import type { KubernetesObject } from "../types/object.ts";
import { createCluster } from "./create-cluster.ts";

const token = "canary-of-the-call";
const authorization = [`Bearer ${token}`];
const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w", resourceVersion: "7" } };

function setUp(json: object = widget) {
  const transport = recordingTransport(() => ({ json }));
  const cluster = createCluster({ transport, interceptors: [impersonate({ user: "jane" })], fieldManager: "test" });
  return { cluster, widgets: cluster.resource<KubernetesObject>(descriptor).in("a"), requests: transport.requests };
}

async function firstOf(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) return;
}

test("every request of a call carries its token, says so, and is not impersonated by the connection", async () => {
  const { cluster, widgets, requests } = setUp({ ...widget, items: [] });
  await widgets.get("w", { token });
  await widgets.list({ token });
  await widgets.table({ token }).catch(() => undefined);
  await widgets.create({ metadata: { name: "w" } }, { token });
  await widgets.update({ ...widget }, { token });
  await widgets.patch("w", { merge: {} }, { token });
  await widgets.apply({ metadata: { name: "w" } }, { token });
  await widgets.modify("w", (object) => ({ ...object, spec: {} }), { token });
  await widgets.delete("w", { token });
  await widgets.deleteCollection({ token });
  await firstOf(widgets.each({ token }));
  await firstOf(widgets.watch({ token })).catch(() => undefined);
  await cluster.version({ token });
  await cluster.info({ token });
  await cluster.request({ path: "/readyz", token });
  await cluster.request({ path: "/readyz", headers: { Authorization: `Bearer ${token}` } });
  expect(requests.length).toBeGreaterThan(16);
  for (const { headers, ownCredential, path } of requests)
    expect([path, headers["authorization"], headers["impersonate-user"], ownCredential]).toEqual([
      path,
      authorization,
      undefined,
      true,
    ]);
});

test("without one nothing is said of it", async () => {
  const { widgets, requests } = setUp();
  await widgets.get("w", { token: undefined });
  expect(requests[0]).not.toHaveProperty("ownCredential");
  expect(requests[0]?.headers).toMatchObject({ "impersonate-user": ["jane"] });
  expect(requests[0]?.headers).not.toHaveProperty("authorization");
});

test("what waits within applyAll asks with the token; discovery, which all share, without", async () => {
  const clock = createVirtualClock();
  const resource = (kind: string, plural: string, group: string): object => ({
    resource: plural,
    responseKind: { group, version: "v1", kind },
    scope: "Cluster",
    verbs: ["get", "patch"],
  });
  const group = (name: string, ...resources: object[]): object => ({
    metadata: { name },
    versions: [{ version: "v1", resources }],
  });
  const reads = new Map<string, number>();
  const going = { metadata: { name: "a", uid: "1", deletionTimestamp: "2026-01-01T00:00:00Z" } };
  const established = { conditions: [{ type: "Established", status: "True" }] };
  const transport = recordingTransport(({ method, path, body }) => {
    const count = (reads.get(method + path) ?? 0) + 1;
    reads.set(method + path, count);
    if (path === "/api") {
      return { json: { kind: "APIGroupDiscoveryList", items: [group("", resource("Namespace", "namespaces", ""))] } };
    }
    if (path === "/apis") {
      const definitions = resource("CustomResourceDefinition", "customresourcedefinitions", "apiextensions.k8s.io");
      const items = [
        group("apiextensions.k8s.io", definitions),
        group("example.com", resource("Widget", "widgets", "example.com")),
      ];
      return { json: { kind: "APIGroupDiscoveryList", items } };
    }
    const object = method === "PATCH" ? (JSON.parse(body as string) as KubernetesObject) : { metadata: { name: "w" } };
    if (path.includes("customresourcedefinitions"))
      return { json: { ...object, ...(count > 1 || method === "GET" ? { status: established } : {}) } };
    if (method === "GET") return { status: 404, json: { kind: "Status", reason: "NotFound", code: 404 } };
    return { json: { ...object, ...(count === 1 ? going : {}) } };
  });
  const cluster = createCluster({ transport, clock, fieldManager: "test", onWarning: () => undefined });
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: { group: "example.com", names: { kind: "Widget", plural: "widgets" }, versions: [{ name: "v1" }] },
  };
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
  const small = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } };
  await clock.run(cluster.applyAll([definition, namespace, small], { token }));
  const isDiscovery = (path: string): boolean => path === "/api" || path === "/apis";
  const sent = transport.requests.map(({ method, path, headers }) => [
    method,
    path,
    headers["authorization"] !== undefined,
  ]);
  for (const [, path, carries] of sent) expect([path, carries]).toEqual([path, !isDiscovery(String(path))]);
  expect(sent.map(([method, path]) => `${String(method)} ${String(path)}`)).toEqual(
    expect.arrayContaining([
      "GET /apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com",
      "GET /api/v1/namespaces/a",
    ]),
  );
});

test.each<[string, unknown]>([
  ["an empty text", ""],
  ["two words", "hunter2 hunter2"],
  ["a line break at its end", "hunter2\n"],
  ["half a surrogate pair", "hunter2\ud800"],
  ["a number", 1],
  ["a function", () => "hunter2"],
  ["null", null],
])("%s as token is an InputError that does not quote it, and nothing is sent", async (_, wrong) => {
  const { cluster, widgets, requests } = setUp();
  const options = { token: wrong as string };
  const calls: readonly (() => Promise<unknown>)[] = [
    () => widgets.get("w", options),
    () => widgets.modify("w", () => {}, options),
    () => firstOf(widgets.watch(options)),
    () => cluster.request({ path: "/", ...options }),
  ];
  for (const call of calls) {
    const error: unknown = await Promise.resolve()
      .then(call)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ field: "token" });
    expect(String(error)).not.toContain("hunter2");
  }
  expect(requests).toEqual([]);
});

test("a raw request with both a token and an Authorization header is an InputError", async () => {
  const { cluster, requests } = setUp();
  const request = { path: "/", token, headers: { AUTHORIZATION: "Bearer canary-other" } };
  await expect(cluster.request(request)).rejects.toMatchObject({ name: "InputError", field: "token" });
  expect(requests).toEqual([]);
});
