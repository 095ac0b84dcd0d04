import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CoreV1 } from "@kubewright/api/core/v1";
import type { Cluster } from "@kubewright/core";
import type { WatchRequest } from "@kubewright/runtime/relay";
import { type ApiServer, startApiServer } from "@kubewright/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { EventPage, type EventPageStream } from "../../../../test/support/event-page.ts";
import { eventually } from "../../../../test/support/eventually.ts";
import { createProxy, type Proxy } from "../serving/create-proxy.ts";
import type { ProxyOptions } from "../serving/proxy-options.ts";

let api: ApiServer;
let cluster: Cluster;
const open: { readonly proxy: Proxy; readonly server: Server }[] = [];

beforeAll(async () => {
  api = await startApiServer();
});
beforeEach(async () => {
  api.reset();
  cluster = await api.connect();
});
afterEach(async () => {
  for (const { proxy, server } of open.splice(0)) {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => api.close());

async function serve(options: Partial<ProxyOptions> = {}): Promise<(headers?: Record<string, string>) => EventPage> {
  const proxy = createProxy({ cluster, onRefused() {}, ...options });
  const server = createServer(proxy);
  open.push({ proxy, server });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return (headers) => new EventPage(port, headers);
}

const maps = (id: string, more: Partial<WatchRequest> = {}): WatchRequest => ({
  id,
  path: "/api/v1/namespaces/default/configmaps",
  query: "",
  ...more,
});

/** Waits until it was told so much. */
async function told(stream: EventPageStream, ...expected: readonly string[]): Promise<void> {
  await eventually(() => (stream.told().length >= expected.length ? true : undefined), `it is told ${expected.join()}`);
  expect(stream.told()).toEqual(expected);
}

/** How often the API server was asked to list or watch this resource. */
function asked(resource: string): number {
  const requests = api.requests().filter((request) => request.resource === resource);
  return requests.filter(({ verb }) => verb === "watch" || verb === "list").length;
}

test("tells what there is and what changes, to all pages from one watch", async () => {
  const configMaps = cluster.api(CoreV1).configMaps.in();
  await configMaps.create({ metadata: { name: "colours" }, data: { sky: "blue" } });
  const page = await serve();
  const streams = await Promise.all([1, 2, 3].map(() => page().open([maps("m")])));
  const first = ["added kube-root-ca.crt", "added colours", "end"];
  for (const stream of streams) await told(stream, ...first);
  const changed = await configMaps.patch("colours", { merge: { data: { sky: "grey" } } });
  await configMaps.delete("colours");
  for (const stream of streams) {
    await told(stream, ...first, "modified colours", "deleted colours");
    const modified = stream.events[3]!;
    expect(modified).toMatchObject({ id: "m", resourceVersion: changed.metadata.resourceVersion, data: changed });
  }
  expect(asked("configmaps")).toBe(1);
  expect(streams[0]!.headers).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "no-store, no-transform",
    "content-encoding": "identity",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  });
});

test("a page that comes back with the versions it has is told what is newer", async () => {
  const configMaps = cluster.api(CoreV1).configMaps.in();
  const page = await serve();
  const stays = await page().open([maps("m")]);
  await told(stays, "added kube-root-ca.crt", "end");
  const stream = await page().open([maps("m")]);
  await told(stream, "added kube-root-ca.crt", "end");
  const { resourceVersion } = stream.events.at(-1)!;
  stream.close();
  await configMaps.create({ metadata: { name: "colours" } });
  await configMaps.delete("kube-root-ca.crt");
  // The server brings it again.
  const news = ["deleted kube-root-ca.crt", "added kube-root-ca.crt"];
  await told(stays, "added kube-root-ca.crt", "end", "added colours", ...news);
  const back = await page().open([maps("m", { resourceVersion })]);
  await told(back, "modified colours", "deleted kube-root-ca.crt", "modified kube-root-ca.crt");
  await told(await page().open([maps("m", { resourceVersion: "1" })]), "error 410");
});

test("watches are added and removed beside a stream, and each may fail alone", async () => {
  const page = await serve();
  const stream = await page().open([maps("m"), { id: "s", path: "/api/v1/secrets", query: "" }]);
  await eventually(() => (stream.told().length === 3 ? true : undefined), "it is told all");
  expect(stream.told("m")).toEqual(["added kube-root-ca.crt", "end"]);
  expect(stream.events.find(({ id }) => id === "s")?.data).toMatchObject({
    kind: "Status",
    reason: "Forbidden",
    message: 'the proxy does not allow "list" of secrets; whoever runs it can allow it by a rule',
  });
  const none = { id: "none", path: "/apis/example.com/v1/widgets", query: "" };
  const nowhere = { id: "nowhere", path: "/api/v1/namespaces/default/nodes", query: "" };
  const nodes = { id: "n", path: "/api/v1/nodes", query: "", metadataOnly: true };
  expect((await stream.change({ add: [none, nowhere, nodes], remove: ["m", "unknown"] })).status).toBe(204);
  await eventually(
    () => (stream.told("none").length === 1 && stream.told("n").length === 1 ? true : undefined),
    "told",
  );
  expect([stream.told("none"), stream.told("n")]).toEqual([["error 404"], ["end"]]);
  await eventually(() => (stream.told("nowhere").length > 0 ? true : undefined), "told");
  expect(stream.told("nowhere")).toEqual(["error 404"]);
  expect(stream.events.find(({ id }) => id === "n")?.data["kind"]).toBe("PartialObjectMetadata");
  await cluster
    .api(CoreV1)
    .configMaps.in()
    .create({ metadata: { name: "colours" } });
  await cluster.api(CoreV1).nodes.create({ metadata: { name: "n1" } });
  await eventually(() => (stream.told("n").length === 2 ? true : undefined), "told");
  expect(stream.told("m")).toHaveLength(2);
  // An id that is free may be used again.
  expect((await stream.change({ add: [maps("m"), maps("none")] })).status).toBe(204);
  await eventually(() => (stream.told("m").length === 5 ? true : undefined), "told");
  expect((await stream.change({ add: [maps("m")] })).status).toBe(400);
});

test("selectors choose, and equal ones share", async () => {
  const configMaps = cluster.api(CoreV1).configMaps.in();
  await configMaps.create({ metadata: { name: "colours", labels: { app: "web" } } });
  const page = await serve();
  const query = "labelSelector=app%3Dweb&fieldSelector=";
  const streams = await Promise.all([1, 2].map(() => page().open([maps("m", { query })])));
  for (const stream of streams) await told(stream, "added colours", "end");
  expect(asked("configmaps")).toBe(1);
  await told(await page().open([maps("m", { query: "labelSelector=%2A%2A" })]), "error 400");
});

const wrong: readonly (readonly [problem: string, body: unknown, message: string])[] = [
  ["no list", { id: "a" }, "the body: it must be a list"],
  ["no object", [5], "[0]: it must be an object with"],
  ["an unknown field", [{ ...maps("m"), impersonate: "x" }], "[0]: it may hold id, path"],
  ["an id that would break a line", [maps("a\nb")], "[0].id: it must be 1 to 64 letters"],
  ["the same id twice", [maps("m"), maps("m")], "[1].id: another watch"],
  ["a path that goes up", [maps("m", { path: "/api/v1/pods/../secrets" })], "[0].path: Invalid path"],
  ["an encoded slash", [maps("m", { path: "/api/v1/namespaces%2Fx/secrets" })], "[0].path: Invalid path"],
  [
    "an object",
    [maps("m", { path: "/api/v1/namespaces/default/configmaps/a" })],
    "[0].path: it must be the path of a collection",
  ],
  ["a path of nothing", [maps("m", { path: "/version" })], "[0].path: it must be the path of a collection"],
  ["a parameter in the path", [maps("m", { path: "/api/v1/pods?watch=1" })], "[0].path: Invalid path"],
  ["another parameter", [maps("m", { query: "limit=1" })], "[0].query: it may hold labelSelector and fieldSelector"],
  [
    "a parameter twice",
    [maps("m", { query: "labelSelector=a&labelSelector=b" })],
    "[0].query: labelSelector is given twice",
  ],
  ["a version with a space", [maps("m", { resourceVersion: "1 2" })], "[0].resourceVersion: it must be"],
  ["metadataOnly as text", [maps("m", { metadataOnly: "yes" as never })], "[0].metadataOnly: it must be true or false"],
];

test.each(wrong)("refuses %s, and names the field", async (_, body, message) => {
  const page = await serve();
  const answer = await page().post("/~watch", body);
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    400,
    expect.objectContaining({ kind: "Status", reason: "BadRequest" }),
  ]);
  expect(JSON.parse(answer.body).message).toContain(message);
  expect(asked("configmaps")).toBe(0);
});

const user =
  (name: string): ProxyOptions["identify"] =>
  () => ({ impersonate: { user: name, groups: ["system:masters"] } });

test("identities share no watch, and nobody reaches the stream of another", async () => {
  const page = await serve({ identify: ({ headers }) => user(String(headers.cookie))!({ headers } as never) });
  const ann = await page({ cookie: "ann" }).open([maps("m")]);
  const bob = page({ cookie: "bob" });
  await told(ann, "added kube-root-ca.crt", "end");
  await told(await bob.open([maps("m")]), "added kube-root-ca.crt", "end");
  expect(asked("configmaps")).toBe(2);
  expect((await bob.post(`/~watch/${ann.name}`, { remove: ["m"] })).status).toBe(404);
  expect((await bob.post("/~watch/none", { remove: ["m"] })).status).toBe(404);
});

test("close() ends every stream", async () => {
  const page = await serve();
  const stream = await page().open([maps("m")]);
  await told(stream, "added kube-root-ca.crt", "end");
  await open[0]!.proxy.close();
  await stream.done;
});
