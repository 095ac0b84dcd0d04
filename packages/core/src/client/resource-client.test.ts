import { describe, expect, test } from "vitest";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { widgets } from "../../../../test/support/widgets.ts";
import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";
import { createCluster } from "../cluster/create-cluster.ts";

interface Widget extends KubernetesObject {
  spec?: { size?: number };
}

const zones = { group: "example.com", version: "v1", plural: "zones", kind: "Zone", namespaced: false } as const;

function setUp(answer?: Parameters<typeof recordingTransport>[0], options: { fieldManager?: string } = {}) {
  const transport = recordingTransport(answer);
  const cluster = createCluster({ transport, namespace: "home", userAgent: "test", ...options });
  return {
    cluster,
    widgets: cluster.resource<Widget>(widgets),
    zones: cluster.resource<Widget>(zones),
    requests: transport.requests,
  };
}

const stored = (metadata: object = {}): { json: unknown } => ({
  json: {
    apiVersion: "example.com/v1",
    kind: "Widget",
    metadata: { name: "w", namespace: "home", resourceVersion: "7", ...metadata },
  },
});

const bodyOf = (request: { body?: unknown } | undefined): unknown => JSON.parse(request?.body as string);

describe("requests", () => {
  test("get, in the connection's namespace and in another", async () => {
    const { widgets, requests } = setUp(() => stored());
    await widgets.in().get("w");
    await widgets.in("other").get("w", { resourceVersion: "0" });
    expect(requests.map(({ method, path, query }) => [method, path, query])).toEqual([
      ["GET", "/apis/example.com/v1/namespaces/home/widgets/w", ""],
      ["GET", "/apis/example.com/v1/namespaces/other/widgets/w", "resourceVersion=0"],
    ]);
    expect(requests[0]?.headers).toEqual({ accept: ["application/json"], "user-agent": ["test"] });
  });

  test("list across namespaces and of a cluster-scoped resource, with selectors from objects", async () => {
    const { widgets, zones, requests } = setUp(() => ({ json: { metadata: { resourceVersion: "1" }, items: [] } }));
    await widgets.list({ labelSelector: { app: "web" }, fieldSelector: { "metadata.name": "a,b" }, limit: 5 });
    await zones.list();
    expect(requests.map(({ path, query }) => `${path}?${decodeURIComponent(query)}`)).toEqual([
      "/apis/example.com/v1/widgets?labelSelector=app=web&fieldSelector=metadata.name=a\\,b&limit=5",
      "/apis/example.com/v1/zones?",
    ]);
  });

  test("create fills in apiVersion, kind and namespace and leaves the caller's object alone", async () => {
    const { widgets, requests } = setUp(() => stored(), { fieldManager: "me" });
    const object = { metadata: { name: "w" }, spec: { size: 1 } };
    await widgets.in().create(object, { dryRun: "All", fieldValidation: "Strict" });
    expect(object).toEqual({ metadata: { name: "w" }, spec: { size: 1 } });
    expect(requests[0]).toMatchObject({ method: "POST", query: "dryRun=All&fieldValidation=Strict&fieldManager=me" });
    expect(bodyOf(requests[0])).toEqual({
      apiVersion: "example.com/v1",
      kind: "Widget",
      metadata: { name: "w", namespace: "home" },
      spec: { size: 1 },
    });
  });

  test("each patch form has its content type; apply is its own", async () => {
    const { widgets, requests } = setUp(() => stored(), { fieldManager: "me" });
    await widgets.in().patch("w", { merge: { spec: { size: 2 } } });
    await widgets.in().patch("w", { json: [{ op: "remove", path: "/spec" }] });
    await widgets.in().apply({ metadata: { name: "w" }, spec: { size: 3 } }, { force: true });
    await widgets.in().status.patch("w", { merge: {} });
    expect(
      requests.map(({ headers, path, query }) => [headers["content-type"]?.[0], path.split("widgets/")[1], query]),
    ).toEqual([
      ["application/merge-patch+json", "w", "fieldManager=me"],
      ["application/json-patch+json", "w", "fieldManager=me"],
      ["application/apply-patch+yaml", "w", "force=true&fieldManager=me"],
      ["application/merge-patch+json", "w/status", "fieldManager=me"],
    ]);
  });

  test("delete options travel in the body, zero included; a plain delete has none", async () => {
    const { widgets, requests } = setUp(() => ({ json: { apiVersion: "v1", kind: "Status", status: "Success" } }));
    await widgets.in().delete("w");
    await widgets.in().delete("w", { gracePeriodSeconds: 0, dryRun: "All", preconditions: { uid: "u" } });
    await widgets.in().deleteCollection({ labelSelector: "a=b", propagationPolicy: "Orphan" });
    expect(requests[0]).toMatchObject({ method: "DELETE", query: "", body: undefined });
    expect(bodyOf(requests[1])).toEqual({
      apiVersion: "v1",
      kind: "DeleteOptions",
      dryRun: ["All"],
      gracePeriodSeconds: 0,
      preconditions: { uid: "u" },
    });
    expect(requests[2]).toMatchObject({
      path: "/apis/example.com/v1/namespaces/home/widgets",
      query: "labelSelector=a%3Db",
    });
    expect(bodyOf(requests[2])).toEqual({ apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Orphan" });
  });

  test("metadata and table ask for their own representation", async () => {
    const { widgets, requests } = setUp(() => ({
      json: { metadata: { resourceVersion: "1" }, items: [{ metadata: { name: "a" } }], rows: [] },
    }));
    const { items } = await widgets.metadata.list();
    await widgets.in("x").metadata.get("a");
    await widgets.table();
    expect(items[0]).toEqual({ metadata: { name: "a" }, apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata" });
    expect(requests.map(({ headers }) => headers.accept?.[0])).toEqual([
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
      "application/json;as=Table;g=meta.k8s.io;v=v1",
    ]);
  });

  test("without a settable agent every request asks for unindented JSON", async () => {
    const transport = recordingTransport(() => stored());
    await createCluster({ transport }).resource(widgets).in().get("w");
    expect(transport.requests[0]).toMatchObject({ query: "pretty=0", headers: { accept: ["application/json"] } });
  });
});

describe("answers", () => {
  test("list items get apiVersion and kind when the server left them out, and keep their own", async () => {
    const own = { apiVersion: "other/v1", kind: "Other", metadata: { name: "b" } };
    const { widgets } = setUp(() => ({
      json: { metadata: { resourceVersion: "1" }, items: [{ metadata: { name: "a" } }, own] },
    }));
    const { items } = await widgets.list();
    expect(items).toEqual([{ apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "a" } }, own]);
  });

  const gone = (json: object): Answer => ({ json });
  test.each([
    ["a Status", gone({ apiVersion: "v1", kind: "Status" }), true],
    ["the deleted object", gone({ kind: "Widget", metadata: {} }), true],
    [
      "an object whose grace is over",
      gone({ kind: "Widget", metadata: { deletionTimestamp: "t", deletionGracePeriodSeconds: 0 } }),
      true,
    ],
    [
      "an object in its grace period",
      gone({ kind: "Widget", metadata: { deletionTimestamp: "t", deletionGracePeriodSeconds: 30 } }),
      false,
    ],
    [
      "an object held by a finalizer",
      gone({ kind: "Widget", metadata: { deletionTimestamp: "t", deletionGracePeriodSeconds: 0, finalizers: ["a"] } }),
      false,
    ],
    ["a terminating namespace", gone({ kind: "Namespace", metadata: { deletionTimestamp: "t" } }), false],
  ])("delete answered with %s", async (_, answer, done) => {
    const { widgets } = setUp(() => answer);
    expect((await widgets.in().delete("w")).done).toBe(done);
  });

  test("each reads page after page; a resourceVersion is only for the first", async () => {
    const pages = [
      { metadata: { resourceVersion: "5", continue: "c1" }, items: [{ metadata: { name: "a" } }] },
      { metadata: { resourceVersion: "5" }, items: [{ metadata: { name: "b" } }] },
    ];
    const { widgets, requests } = setUp((_, index) => ({ json: pages[index] }));
    const names: (string | undefined)[] = [];
    const options = { resourceVersion: "5", resourceVersionMatch: "Exact", limit: undefined } as const;
    for await (const widget of widgets.each(options)) names.push(widget.metadata.name);
    expect(names).toEqual(["a", "b"]);
    expect(requests.map(({ query }) => query)).toEqual([
      "limit=500&resourceVersion=5&resourceVersionMatch=Exact",
      "limit=500&continue=c1",
    ]);
  });

  test("watch hands out events as they come and throws an ERROR event", async () => {
    const line = (event: object): string => `${JSON.stringify(event)}\n`;
    const { widgets, requests } = setUp(() => ({
      headers: { "content-type": "application/json" },
      body: [
        line({ type: "ADDED", object: { metadata: { name: "a" } } }),
        line({ type: "ERROR", object: { kind: "Status", reason: "Expired", code: 410, message: "too old" } }),
      ],
    }));
    const types: string[] = [];
    const watching = (async () => {
      for await (const event of widgets.watch({ resourceVersion: "3" })) types.push(event.type);
    })();
    await expect(watching).rejects.toMatchObject({ name: "StatusError", statusCode: 410, reason: "Expired" });
    expect(types).toEqual(["ADDED"]);
    expect(requests[0]).toMatchObject({ query: "resourceVersion=3&watch=1", streaming: true });
  });
});

test("what a table and a deleteCollection answer may be as large as a list", async () => {
  const padding = "x".repeat(33 * 1024 * 1024);
  const { widgets } = setUp(() => ({ json: { rows: [padding], items: [{ metadata: { name: padding } }] } }));
  expect((await widgets.table()).rows).toHaveLength(1);
  expect((await widgets.in().deleteCollection()).items).toHaveLength(1);
});

test("the body of a raw answer can be read once, and says so", async () => {
  const { cluster } = setUp();
  const answer = await cluster.request({ path: "/" });
  expect(await answer.json()).toEqual({});
  await expect(answer.text()).rejects.toThrow("Invalid body: it has been read already");
});

describe("refused before anything is sent", () => {
  const cyclic = { metadata: { name: "a" }, spec: {} };
  cyclic.spec = { more: cyclic };
  const { cluster, widgets, zones, requests } = setUp();
  const here = widgets.in();
  const refusals: [string, () => unknown, string][] = [
    [
      "an unknown option",
      () => here.list({ labelSelecter: "a" } as object),
      "labelSelecter: there is no such option; did you mean labelSelector?",
    ],
    [
      "a flag that is text",
      () => here.apply({ metadata: { name: "a" } }, { fieldManager: "b", force: "yes" as never }),
      "force: it must be true or false",
    ],
    ["an empty name", () => here.get(""), "name: it is empty, which would aim at the whole collection"],
    // In a path without a name these would mean the whole collection, and an object named status.
    ["a get without a name", () => here.get(undefined as never), "name: it must be text, not undefined"],
    ["a delete without a name", () => here.delete(undefined as never), "name: it must be text, not undefined"],
    ["a delete of null", () => here.delete(null as never), "name: it must be text, not null"],
    ["a patch without a name", () => here.patch(undefined as never, { merge: {} }), "name: it must be text"],
    ["a modify without a name", () => here.modify(undefined as never, () => {}), "name: it must be text"],
    ["a subresource without a name", () => here.status.get(undefined as never), "name: it must be text"],
    ["preconditions that are null", () => here.delete("a", { preconditions: null as never }), "preconditions"],
    ["a search for nothing", () => cluster.find(undefined as never), "query: it must be an object"],
    ["a search without a kind", () => cluster.find({ apiVersion: "v1" } as never), "kind: it must be text"],
    ["an empty namespace", () => widgets.in(""), "namespace: it is empty"],
    [
      "a named verb across namespaces",
      () => (widgets as unknown as typeof here).get("w"),
      "call .in(namespace) before get",
    ],
    [
      "in() on a cluster-scoped resource",
      () => (zones as unknown as typeof widgets).in("a"),
      "live outside namespaces",
    ],
    [
      "another namespace in the object",
      () => here.create({ metadata: { name: "a", namespace: "b" } }),
      'metadata.namespace: the object says "b", but the call is for "home"',
    ],
    ["an object that contains itself", () => here.create(cyclic), "it contains itself"],
    ["another kind", () => here.create({ kind: "Gadget" }), "kind"],
    ["another name in a patch", () => here.patch("a", { merge: { metadata: { name: "b" } } }), "metadata.name"],
    ["two patches at once", () => here.patch("a", { merge: {}, json: [] } as never), "exactly one"],
    ["no patch", () => here.patch("a", { merge: undefined } as never), "exactly one"],
    ["a JSON patch that is no list", () => here.patch("a", { json: {} } as never), "patch.json"],
    ["an update without resourceVersion", () => here.update({ metadata: { name: "a" } }), "metadata.resourceVersion"],
    ["an update without name", () => here.update({ metadata: { resourceVersion: "1" } }), "metadata.name"],
    ["apply without a field manager", () => here.apply({ metadata: { name: "a" } }), "fieldManager"],
    [
      "apply of a fetched object",
      () => here.apply({ metadata: { name: "a", uid: "u" } } as never, { fieldManager: "m" }),
      "send only the fields you want to own",
    ],
    [
      "an empty selector for deleteCollection",
      () => here.deleteCollection({ labelSelector: "" }),
      "would choose every object",
    ],
    [
      "an undefined selector for deleteCollection",
      () => here.deleteCollection({ labelSelector: undefined }),
      "would choose every object",
    ],
    [
      "a selector of nothing but white space for deleteCollection",
      () => here.deleteCollection({ labelSelector: " " }),
      "would choose every object",
    ],
    [
      "a field selector without a term for deleteCollection",
      () => here.deleteCollection({ fieldSelector: "," }),
      "would choose every object",
    ],
    ["an empty precondition", () => here.delete("a", { preconditions: { uid: undefined } }), "preconditions.uid"],
    ["a negative limit", () => here.list({ limit: -1 }), "limit"],
    ["a negative limit of each", () => here.each({ limit: -1 })[Symbol.asyncIterator]().next(), "limit"],
    ["a timeout of 0", () => here.list({ timeoutMs: 0 }), "timeoutMs"],
    ["a bad label selector", () => here.list({ labelSelector: "a in (" }), "labelSelector"],
    ["an unknown dryRun", () => here.create({}, { dryRun: true } as never), "dryRun"],
    [
      "a verb the resource lacks",
      () =>
        cluster
          .resource<Widget>({ ...widgets.resource, namespaced: true, verbs: ["get"] })
          .in()
          .create({}),
      "cannot create; it can get",
    ],
    [
      "a raw parameter that is undefined",
      () => cluster.request({ path: "/", query: { limit: undefined as never } }),
      "query.limit: it must be text, a number or a boolean, not undefined",
    ],
    ["a raw path out of place", () => cluster.request({ path: "/a/../b" }), "path"],
    ["a header with a line end", () => cluster.request({ path: "/", headers: { a: "b\r\nc: d" } }), "header a"],
  ];
  test.each(refusals)("%s", async (_, act, message) => {
    const error = await Promise.resolve()
      .then(act)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
    expect(requests).toEqual([]);
  });
});

describe("modify", () => {
  test("starts anew after a conflict and gives up after its attempts", async () => {
    const conflict = {
      status: 409,
      json: { kind: "Status", apiVersion: "v1", reason: "Conflict", code: 409, message: "changed" },
    };
    const { widgets, requests } = setUp(({ method }, index) =>
      method === "PUT" && index < 3 ? conflict : stored({ resourceVersion: String(index) }),
    );
    const result = await widgets.in().modify("w", (widget: Stored<Widget>) => {
      widget.spec = { size: 9 };
    });
    expect(requests.map(({ method }) => method)).toEqual(["GET", "PUT", "GET", "PUT"]);
    expect(bodyOf(requests[3])).toMatchObject({ metadata: { resourceVersion: "2" }, spec: { size: 9 } });
    expect(result.metadata.resourceVersion).toBe("3");

    const always = setUp(({ method }) => (method === "PUT" ? conflict : stored()));
    await expect(
      always.widgets.in().modify("w", () => ({ ...(stored().json as Stored<Widget>), spec: {} }), { attempts: 2 }),
    ).rejects.toMatchObject({ reason: "Conflict" });
    expect(always.requests).toHaveLength(4);
  });

  test("sends nothing when nothing changed", async () => {
    const { widgets, requests } = setUp(() => stored());
    await widgets.in().modify("w", () => {});
    expect(requests.map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("deadlines and aborts", () => {
  const forever = (signal: AbortSignal | undefined): Promise<never> =>
    new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));

  test("timeoutMs ends a call that never answers", async () => {
    const { widgets } = setUp(({ signal }) => forever(signal));
    await expect(widgets.in().get("w", { timeoutMs: 20 })).rejects.toMatchObject({
      name: "TimeoutError",
      timeoutMs: 20,
    });
  });

  test("a caller's abort passes its reason through untouched", async () => {
    const { widgets } = setUp(({ signal }) => forever(signal));
    const reason = new Error("mine");
    const controller = new AbortController();
    const call = widgets.in().get("w", { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(widgets.in().get("w", { signal: controller.signal })).rejects.toBe(reason);
  });
});
