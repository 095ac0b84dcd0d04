import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { Interceptor } from "../interceptors/interceptor.ts";
import { retry } from "../interceptors/retry.ts";
import type { KubernetesObject } from "../types/object.ts";
import type { Wanted } from "../types/wanted.ts";
import type { ConnectionNamespace } from "./connection-namespace.ts";
import { sourceOf } from "./source.ts";

const nodes = { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false } as const;
const wanted: Wanted = { managedFields: true, select: undefined, shareStrings: false };
const list = { kind: "WidgetList", apiVersion: "example.com/v1", metadata: { resourceVersion: "7" }, items: [] };
const event = `${JSON.stringify({ type: "ADDED", object: { metadata: { name: "w" } } })}\n`;

function setUp(answer: (index: number) => Answer = () => ({ json: list }), namespace?: string | ConnectionNamespace) {
  const clock = createVirtualClock();
  const transport = recordingTransport((_, index) => answer(index));
  const interceptors: Interceptor[] = [retry(undefined, clock)];
  const cluster = createCluster({ transport, clock, interceptors, ...(namespace && { namespace }) });
  return { clock, cluster, widgets: cluster.resource<KubernetesObject>(descriptor), requests: transport.requests };
}

/** A namespace that is known once it was read. */
function lateNamespace(): ConnectionNamespace {
  let known: string | undefined;
  return {
    get known() {
      return known;
    },
    read: async () => (known = "late"),
  };
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe("what is a source", () => {
  test("every client of a collection has one, and what it says of itself is the client's", () => {
    const { cluster, widgets } = setUp();
    const source = sourceOf(widgets.in("a"));
    expect(source).toMatchObject({ resource: { plural: "widgets" }, namespace: "a", metadataOnly: false });
    expect(sourceOf(widgets.metadata)).toMatchObject({ namespace: undefined, metadataOnly: true });
    expect(sourceOf(cluster.resource(nodes))).toMatchObject({ namespace: undefined, resource: { plural: "nodes" } });
    expect(source.in("b").namespace).toBe("b");
    expect(() => sourceOf(cluster.resource(nodes)).in("b")).toThrow(InputError);
    expect(() => source.in("")).toThrow("namespace: it is empty");
    expect(source.pathOf("w")).toBe("/apis/example.com/v1/namespaces/a/widgets/w");
    expect(sourceOf(cluster.resource(nodes)).pathOf("n")).toBe("/api/v1/nodes/n");
    expect(() => source.pathOf("")).toThrow("name: it is empty");
    expect(() => sourceOf(widgets).pathOf("w")).toThrow("namespace: widgets are namespaced; call .in(namespace)");
    expect(inspect(source)).toBe('ResourceSource { apiVersion: "example.com/v1", plural: "widgets", namespace: "a" }');
  });

  test("anything else is refused", () => {
    const { widgets } = setUp();
    for (const other of [undefined, null, {}, "pods", descriptor, widgets.in().status]) {
      expect(() => sourceOf(other as never)).toThrow(InputError);
      expect(() => sourceOf(other as never)).toThrow("resource: it must be the client of a resource");
    }
  });

  test("its key is that of no other collection", () => {
    const { cluster, widgets } = setUp();
    const clients = [
      widgets,
      widgets.in("a"),
      widgets.in("b"),
      widgets.metadata,
      widgets.in("a").metadata,
      cluster.resource(nodes),
      cluster.resource({ ...descriptor, version: "v2" }),
      cluster.resource({ ...descriptor, group: "example.org" }),
      setUp(undefined, lateNamespace()).widgets.in(),
      setUp(undefined, lateNamespace()).widgets.in().metadata,
    ];
    expect(new Set(clients.map((client) => sourceOf(client).key)).size).toBe(clients.length);
    expect(sourceOf(widgets.in("a")).key).toBe(sourceOf(cluster.resource(descriptor)).in("a").key);
  });

  test("all sources of a cluster name one connection, which says when it is closed before the transport is", async () => {
    const { cluster, clock, widgets } = setUp();
    const { connection } = sourceOf(widgets.in("a").metadata);
    expect(connection).toBe(sourceOf(cluster.resource(nodes)).connection);
    expect(connection).not.toBe(sourceOf(setUp().widgets).connection);
    expect(connection.clock).toBe(clock);
    expect([connection.metrics, connection.closed.aborted]).toEqual([undefined, false]);
    const sink = { count: () => {}, observe: () => {} };
    let whenClosed: boolean | undefined;
    const transport = {
      ...recordingTransport(),
      close: async () => void (whenClosed = other.closed.aborted),
    };
    const measured = createCluster({ transport, metrics: sink });
    const other = sourceOf(measured.resource(nodes)).connection;
    expect(other.metrics).toBe(sink);
    await measured.close();
    expect(whenClosed).toBe(true);
    expect(other.closed.reason).toMatchObject({ name: "ConnectionError", message: expect.stringMatching(/^Closed: /) });
    await cluster[Symbol.asyncDispose]();
    expect(connection.closed.aborted).toBe(true);
  });
});

describe("a namespace that is not known yet", () => {
  test("is asked for before the first request, and cannot be named before", async () => {
    const namespace = lateNamespace();
    const { widgets, requests } = setUp((index) => (index === 0 ? { json: list } : { body: event }), namespace);
    const client = widgets.in();
    const source = sourceOf(client);
    const { key } = source;
    expect(() => source.namespace).toThrow("namespace: it is not known before the first call");
    await source.list({}, wanted);
    expect([source.namespace, source.key]).toEqual(["late", key]);
    expect(sourceOf(client).key).toBe(sourceOf(widgets.in("late")).key);
    await all(source.watch({ signal: new AbortController().signal }, wanted));
    expect(requests.map(({ path }) => path)).toEqual(
      Array.from({ length: 2 }, () => "/apis/example.com/v1/namespaces/late/widgets"),
    );
  });
});

describe("what a source sends", () => {
  const { signal } = new AbortController();
  const json = { "content-type": "application/json" };

  test("options and selectors, whom it goes as, and what comes back is filled in", async () => {
    const { widgets, requests } = setUp((index) =>
      index === 0 ? { json: { ...list, items: [{ metadata: { name: "w" } }] } } : { headers: json, body: event },
    );
    const options = {
      labelSelector: { app: "web" },
      fieldSelector: { "metadata.name": "w" },
      impersonate: { user: "jane" },
    };
    const source = sourceOf(widgets.in("a"));
    const { items } = await source.list({ ...options, limit: 500 }, wanted);
    expect(items).toEqual([{ apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } }]);
    const events = await all(source.watch({ ...options, allowWatchBookmarks: true, signal }, wanted));
    expect(events).toEqual([{ type: "ADDED", object: { metadata: { name: "w" } } }]);
    const selectors = "labelSelector=app%3Dweb&fieldSelector=metadata.name%3Dw";
    expect(requests.map(({ query, streaming, headers }) => [query, streaming, headers["impersonate-user"]])).toEqual([
      [expect.stringContaining(selectors), false, ["jane"]],
      [expect.stringContaining(selectors), true, ["jane"]],
    ]);
    expect(requests[0]?.query).toContain("limit=500");
    expect(requests[1]?.query).toContain("watch=1");
  });

  test("of each object comes what is wanted, in a list and in a watch", async () => {
    const metadata = { name: "w", managedFields: [{ manager: "me" }] };
    const object = { apiVersion: "example.com/v1", kind: "Widget", metadata, spec: { size: 1, colour: "red" } };
    const added = `${JSON.stringify({ type: "ADDED", object })}\n`;
    const { widgets } = setUp((index) =>
      index === 0 ? { json: { ...list, items: [object] } } : { headers: json, body: added },
    );
    const source = sourceOf(widgets);
    const less: Wanted = { managedFields: false, select: { spec: { size: true } }, shareStrings: true };
    const left = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" }, spec: { size: 1 } };
    expect((await source.list({}, less)).items).toEqual([left]);
    expect(await all(source.watch({ signal }, less))).toEqual([{ type: "ADDED", object: left }]);
  });

  test("metadata comes with its own kind", async () => {
    const { widgets, requests } = setUp(() => ({ json: { ...list, items: [{ metadata: { name: "w" } }] } }));
    const { items } = await sourceOf(widgets.metadata).list({}, wanted);
    expect(items).toMatchObject([{ apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata" }]);
    expect(requests[0]?.headers["accept"]).toEqual([
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
    ]);
  });

  test("wrong options name the verb and the path, a verb that the resource lacks too", async () => {
    const { cluster, widgets } = setUp();
    const source = sourceOf(widgets.in("a"));
    const at = "/apis/example.com/v1/namespaces/a/widgets";
    expect((await rejection(source.list({ limit: -1 }, wanted))) as Error).toMatchObject({
      name: "InputError",
      request: { verb: "list", path: at },
    });
    expect(() => source.watch({ labelSelector: "a b", signal }, wanted)).toThrow(`(watch ${at})`);
    const listed = sourceOf(cluster.resource({ ...nodes, verbs: ["list"] }));
    expect(() => listed.watch({ signal }, wanted)).toThrow("nodes in v1 cannot watch; it can list");
  });

  const lost = new ConnectionError("Disconnected", { sent: "maybe" });
  const failing = (status: number): Answer => ({ status, headers: { "retry-after": "1" }, json: {} });
  const lose = (): Answer => {
    throw lost;
  };
  test.each<[string, () => Answer]>([
    ["429 with Retry-After", () => failing(429)],
    ["503 with Retry-After", () => failing(503)],
    ["a connection that broke before an answer", lose],
  ])("after %s nothing is sent again, while a client's own read is", async (_, answer) => {
    const { clock, widgets, requests } = setUp((index) => (index < 3 ? answer() : { json: list }));
    const source = sourceOf(widgets);
    await rejection(source.list({}, wanted));
    await rejection(all(source.watch({ signal }, wanted)));
    expect([requests.length, clock.pending]).toEqual([2, 0]);
    await clock.run(widgets.list());
    expect(requests).toHaveLength(4);
  });

  test("nor after a body that broke off", async () => {
    let broken = 0;
    const transport = recordingTransport(() => ({ json: list }));
    const clock = createVirtualClock();
    const cluster = createCluster({
      clock,
      transport: {
        ...transport,
        send: async (request) => ({
          ...(await transport.send(request)),
          body: (async function* () {
            broken += 1;
            yield new TextEncoder().encode('{"kind":');
            throw lost;
          })(),
        }),
      },
    });
    const widgets = cluster.resource(descriptor);
    expect(await rejection(sourceOf(widgets).list({}, wanted))).toBe(lost);
    expect(broken).toBe(1);
    expect(await rejection(clock.run(widgets.list()))).toBe(lost);
    expect(broken).toBe(4);
  });

  test("but what another credential would change is, as for every request", async () => {
    const renewing: Interceptor = (next) => async (request) => {
      const response = await next(request);
      return response.status === 401 && request.resends.allow("unauthorized") ? next(request) : response;
    };
    const transport = recordingTransport((_, index) => (index === 0 ? { status: 401, json: {} } : { json: list }));
    const cluster = createCluster({ transport, interceptors: [renewing] });
    await sourceOf(cluster.resource(descriptor)).list({}, wanted);
    expect(transport.requests).toHaveLength(2);
  });

  test("its signal ends a watch, with its reason, and leaves neither timer nor listener", async () => {
    const controller = new AbortController();
    const clock = createVirtualClock();
    let released = false;
    const transport = {
      ...recordingTransport(),
      send: async ({ signal: until }: { readonly signal: AbortSignal | undefined }) => ({
        status: 200,
        headers: { get: () => "application/json" },
        body: (async function* () {
          try {
            yield new TextEncoder().encode(event);
            await new Promise((_, reject) => until?.addEventListener("abort", () => reject(until.reason as Error)));
          } finally {
            released = true;
          }
        })(),
        discard: () => {},
      }),
    };
    const source = sourceOf(createCluster({ transport, clock }).resource(descriptor));
    const events = source.watch({ signal: controller.signal }, wanted)[Symbol.asyncIterator]();
    expect(await events.next()).toMatchObject({ value: { type: "ADDED" } });
    expect(clock.pending).toBe(0);
    const next = rejection(events.next() as Promise<unknown>);
    await clock.advance(3_600_000);
    controller.abort("enough");
    expect(await next).toBe("enough");
    expect([released, getEventListeners(controller.signal, "abort")]).toEqual([true, []]);
  });

  test("who watches is told when the headers are there, before anything comes, and not of a refusal", async () => {
    const said: unknown[] = [];
    const opened = (): void => void said.push("opened");
    const { widgets } = setUp((index) =>
      index === 0 ? { status: 500, json: {} } : { headers: { "content-type": "application/json" }, body: event },
    );
    const { signal } = new AbortController();
    await rejection(all(sourceOf(widgets).watch({ signal }, wanted, opened)));
    expect(said).toEqual([]);
    for await (const { type } of sourceOf(widgets).watch({ signal }, wanted, opened)) said.push(type);
    expect(said).toEqual(["opened", "ADDED"]);
  });
});

describe("a log", () => {
  const logged = (answer: Answer) => {
    const { cluster, requests } = setUp(() => answer);
    const pods = cluster.resource<KubernetesObject>({
      group: "",
      version: "v1",
      plural: "pods",
      kind: "Pod",
      namespaced: true,
    });
    const source = sourceOf(pods.in("a"));
    let opened = 0;
    const { signal } = new AbortController();
    const stream = source.log("web-0", { container: "app", timestamps: true, signal }, () => (opened += 1));
    return { stream, requests, opened: () => opened };
  };

  test("comes as lines that arrived together, and a text without its end is marked; asked for once", async () => {
    const { stream, requests, opened } = logged({ body: ["one\ntwo\nth", "ree\nfo"] });
    expect(requests).toEqual([]);
    expect(await all(stream)).toEqual([
      { lines: ["one", "two"], cut: false },
      { lines: ["three"], cut: false },
      { lines: ["fo"], cut: true },
    ]);
    expect(opened()).toBe(1);
    expect(requests).toMatchObject([
      { path: "/api/v1/namespaces/a/pods/web-0/log", query: "container=app&timestamps=true&pretty=0", replay: "never" },
    ]);
  });

  test("of a pod that is on no node, which is answered by nothing: a StatusError", async () => {
    const { stream } = logged({ body: [], status: 204 });
    expect(await rejection(all(stream))).toMatchObject({
      name: "StatusError",
      statusCode: 204,
      message: "HTTP 204: the pod is on no node yet (get /api/v1/namespaces/a/pods/web-0/log)",
    });
  });
});
