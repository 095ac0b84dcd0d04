import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import { isKubeError } from "../errors/kube-error.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { KubernetesObject } from "../types/object.ts";
import type { Cluster } from "./cluster.ts";
import { createCluster } from "./create-cluster.ts";

// Whoever writes JavaScript passes anything. Whatever it is, it is an error of ours that says what is wrong, or it is what the
// call is meant for.

class Instance {
  readonly name = "w";
}

const value = fc.oneof(
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: true,
  } as fc.ObjectConstraints),
  fc.constantFrom<unknown>(
    null,
    undefined,
    Number.NaN,
    -1,
    "",
    "..",
    Symbol("x"),
    () => undefined,
    new Instance(),
    Promise.resolve({}),
    new AbortController(),
    new AbortController().signal,
    new Headers({ a: "b" }),
    new URLSearchParams("a=b"),
    new Error("x"),
    /x/,
    Buffer.from("x"),
    Object.create(null),
    { toString: 1, valueOf: null },
    { toJSON: () => ({ metadata: { name: "other" } }) },
    [null],
  ),
);

const options = fc.dictionary(
  fc.constantFrom(
    ...["signal", "timeoutMs", "impersonate", "labelSelector", "fieldSelector", "shardSelector", "resourceVersion"],
    ...["resourceVersionMatch", "limit", "continue", "timeoutSeconds", "allowWatchBookmarks", "sendInitialEvents"],
    ...["token", "dryRun", "fieldManager", "fieldValidation", "overwrite", "force", "attempts", "gracePeriodSeconds"],
    ...["propagationPolicy", "orphanDependents", "preconditions", "container", "follow", "sinceTime", "stream"],
  ),
  value,
  { maxKeys: 2 },
);
const impersonate = fc.record({
  impersonate: fc.oneof(
    value,
    fc.record(
      { user: fc.oneof(fc.constant("u"), value), groups: value, uid: value, extra: value },
      { requiredKeys: ["user"] },
    ),
  ),
});
const object = fc.oneof(
  fc.record({ apiVersion: value, kind: value, metadata: value, spec: value }, { requiredKeys: [] }),
  fc.record({
    apiVersion: fc.constant("example.com/v1"),
    kind: fc.constant("Widget"),
    metadata: fc.constant({ name: "w", resourceVersion: "1" }),
    spec: value,
  }),
  fc.record({ metadata: fc.record({ name: value, namespace: value, resourceVersion: value }, { requiredKeys: [] }) }),
);
const patch = fc.record({ merge: value, strategic: value, json: value }, { requiredKeys: [] });
const change = fc.func(fc.oneof(fc.constant(undefined), object));
const query = fc.record({ apiVersion: value, kind: value }, { requiredKeys: [] });
const raw = fc.record(
  {
    method: value,
    path: fc.oneof(fc.constant("/a"), value),
    query: fc.oneof(value, fc.dictionary(fc.string(), value)),
    headers: fc.oneof(value, fc.dictionary(fc.string(), value)),
    body: value,
  },
  { requiredKeys: ["path"] },
);
const group = fc.record({
  resources: fc.dictionary(
    fc.string(),
    fc.oneof(
      value,
      fc.record(
        {
          group: value,
          version: value,
          kind: value,
          plural: value,
          namespaced: value,
          verbs: value,
          subresources: value,
        },
        { requiredKeys: [] },
      ),
    ),
  ),
});
const argument = fc.oneof(
  value,
  fc.constant("w"),
  options,
  impersonate,
  object,
  patch,
  change,
  query,
  raw,
  group,
  fc.array(object, { maxLength: 3 }),
);

const entry = (group_: string, version: string, kind: string, resource: string, scope: string): object => ({
  metadata: { name: group_ },
  versions: [
    {
      version,
      resources: [{ resource, responseKind: { group: group_, version, kind }, scope, verbs: ["get", "patch"] }],
    },
  ],
});

function answer({ path, verb }: ApiRequest): Answer {
  if (path === "/api")
    return { json: { kind: "APIGroupDiscoveryList", items: [entry("", "v1", "Namespace", "namespaces", "Cluster")] } };
  if (path === "/apis")
    return {
      json: { kind: "APIGroupDiscoveryList", items: [entry("example.com", "v1", "Widget", "widgets", "Namespaced")] },
    };
  if (verb === "watch") return { headers: { "content-type": "application/json" }, body: "" };
  return {
    json: { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w", resourceVersion: "1" }, items: [] },
  };
}

function setUp() {
  const transport = recordingTransport(answer);
  const cluster = createCluster({ transport, namespace: "home", fieldManager: "test", onWarning: () => {} });
  return { cluster, widgets: cluster.resource<KubernetesObject>(descriptor).in(), requests: transport.requests };
}

type SetUp = ReturnType<typeof setUp>;
type Method = (...all: readonly unknown[]) => unknown;

/** What a call comes to: nothing, or its error. A stream is asked for its first value. */
async function outcomeOf(call: () => unknown): Promise<unknown> {
  try {
    const result = call();
    if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
      for await (const _ of result as AsyncIterable<unknown>) break;
      return undefined;
    }
    await result;
    return undefined;
  } catch (error) {
    return error;
  }
}

async function anyArguments(
  call: (made: SetUp, all: readonly unknown[]) => unknown,
  meant: (request: ApiRequest) => boolean,
  sendsFirst = false,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(argument, { maxLength: 3 }), async (all) => {
      const made = setUp();
      const error = await outcomeOf(() => call(made, all));
      if (error !== undefined && !isKubeError(error)) throw new Error("not an error of ours", { cause: error });
      for (const request of made.requests) expect(meant(request), `${request.method} ${request.path}`).toBe(true);
      if (error !== undefined && (error as Error).name === "InputError" && !sendsFirst)
        expect(made.requests).toEqual([]);
    }),
    { numRuns: 100 },
  );
}

const collection = "/apis/example.com/v1/namespaces/home/widgets";
const one = /^\/apis\/example\.com\/v1\/namespaces\/home\/widgets\/[^/]+$/;
const onOne =
  (...methods: readonly string[]) =>
  (request: ApiRequest): boolean =>
    one.test(request.path) && methods.includes(request.method);
const onAll =
  (method: string) =>
  (request: ApiRequest): boolean =>
    request.path === collection && request.method === method;

describe("whatever is passed to a resource's", () => {
  test.each<[string, (request: ApiRequest) => boolean]>([
    ["get", onOne("GET")],
    ["list", onAll("GET")],
    ["table", onAll("GET")],
    ["each", onAll("GET")],
    ["watch", onAll("GET")],
    ["log", ({ path, method }) => method === "GET" && one.test(path.replace(/\/log$/, ""))],
    ["create", onAll("POST")],
    ["update", onOne("PUT")],
    ["patch", onOne("PATCH")],
    ["apply", onOne("PATCH")],
    ["delete", onOne("DELETE")],
    ["deleteCollection", onAll("DELETE")],
  ])("%s: an error of ours, or what the call is meant for", async (name, meant) => {
    await anyArguments(({ widgets }, all) => (widgets as unknown as Record<string, Method>)[name]?.(...all), meant);
  });

  test("modify: an error of ours, or what the call is meant for", async () => {
    await anyArguments(({ widgets }, all) => (widgets.modify as Method)(...all), onOne("GET", "PUT"), true);
  });

  test("in, and a subresource's verbs: an error of ours, or what the call is meant for", async () => {
    const below = /^\/apis\/example\.com\/v1\/namespaces\/home\/widgets\/[^/]+\/status$/;
    for (const name of ["get", "update", "patch", "apply", "create"])
      await anyArguments(
        ({ widgets }, all) => (widgets.status as unknown as Record<string, Method>)[name]?.(...all),
        ({ path }) => below.test(path),
      );
    await anyArguments(
      ({ cluster }, [namespace]) => (cluster.resource(descriptor).in as Method)(namespace),
      () => false,
    );
  });
});

describe("whatever is passed to a cluster's", () => {
  const discovers = ({ path, method }: ApiRequest): boolean => method === "GET" && /^\/apis?$/.test(path);
  const applies = (request: ApiRequest): boolean =>
    discovers(request) || request.method === "PATCH" || (request.method === "GET" && one.test(request.path));
  const verb =
    (method: string) =>
    (request: ApiRequest): boolean =>
      discovers(request) || request.method === method;
  const byObject: readonly (keyof Cluster)[] = [
    "find",
    "apply",
    "applyAll",
    "get",
    "create",
    "update",
    "patch",
    "delete",
    "deleteAll",
  ];
  test.each<[keyof Cluster, (request: ApiRequest) => boolean]>([
    ["api", () => false],
    ["resource", () => false],
    ["find", discovers],
    ["apply", applies],
    ["applyAll", applies],
    ["get", verb("GET")],
    ["create", verb("POST")],
    ["update", verb("PUT")],
    ["patch", verb("PATCH")],
    ["delete", verb("DELETE")],
    ["deleteAll", verb("DELETE")],
    ["version", ({ path }) => path === "/version"],
    ["info", ({ path }) => path.startsWith("/api/v1/namespaces/kube-system")],
    ["request", ({ path }) => path.startsWith("/")],
  ])("%s: an error of ours, or what the call is meant for", async (name, meant) => {
    const first = byObject.includes(name);
    await anyArguments(({ cluster }, all) => (cluster[name] as Method)(...all), meant, first);
  });

  test("discovery: an error of ours, or what the call is meant for", async () => {
    for (const name of ["groups", "resources"] as const)
      await anyArguments(({ cluster }, all) => (cluster.discovery[name] as Method)(...all), discovers);
  });
});
