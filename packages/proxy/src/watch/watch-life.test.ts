import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { CoreV1 } from "@kubewright/api/core/v1";
import { type Cluster, createCluster } from "@kubewright/core";
import type { WatchRequest } from "@kubewright/runtime/relay";
import { type AccessRequest, type ApiServerHeart, createApiServer } from "@kubewright/testing/web";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EventPage, type EventPageStream } from "../../../../test/support/event-page.ts";
import { eventually } from "../../../../test/support/eventually.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createProxy, type Proxy } from "../serving/create-proxy.ts";
import type { ProxyOptions } from "../serving/proxy-options.ts";

let api: ApiServerHeart;
/** The proxy's, whose minutes a test lets pass. */
let clock: VirtualClock;
let cluster: Cluster;
/** What users may not do. */
let denied: (request: AccessRequest) => boolean;
const refused: string[] = [];
let proxy: Proxy | undefined;
let server: Server | undefined;

beforeEach(() => {
  denied = () => false;
  refused.length = 0;
  api = createApiServer({ controllers: false, authorize: (request) => !denied(request) });
  clock = createVirtualClock();
  cluster = createCluster({ transport: api.transport(), clock });
});
afterEach(async () => {
  await proxy?.close();
  server?.closeAllConnections();
  server?.close();
  await cluster.close();
  api.close();
});

async function serve(options: Partial<ProxyOptions> = {}): Promise<(user?: string) => EventPage> {
  proxy = createProxy({
    cluster,
    onRefused: ({ status, message }) => refused.push(`${status} ${message}`),
    ...options,
  });
  server = createServer(proxy);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return (user = "ann") => new EventPage(port, { cookie: `user=${user}` });
}

/** Users are who their cookie says, as long as they are signed in. */
function signedIn(...users: string[]): { readonly users: Set<string>; readonly identify: ProxyOptions["identify"] } {
  const all = new Set(users);
  const identify: ProxyOptions["identify"] = ({ headers }) => {
    const user = headers.cookie?.replace("user=", "") ?? "";
    return all.has(user) ? { impersonate: { user } } : undefined;
  };
  return { users: all, identify };
}

const maps: WatchRequest = { id: "m", path: "/api/v1/namespaces/default/configmaps", query: "" };
const pods: WatchRequest = { id: "p", path: "/api/v1/pods", query: "" };

async function told(stream: EventPageStream, ...expected: readonly string[]): Promise<void> {
  await eventually(() => (stream.told().length >= expected.length ? true : undefined), `told ${expected.join()}`);
  expect(stream.told().toSorted()).toEqual(expected.toSorted());
}

/** How often the API server was asked so. */
function asked(verb: string, resource: string): number {
  return api.requests().filter((request) => request.verb === verb && request.resource === resource).length;
}

const reviews = (): number => asked("create", "selfsubjectaccessreviews");

test("a stream shows every 15 s that it lives", async () => {
  const page = await serve();
  const stream = await page().open([]);
  for (let beats = 1; beats < 4; beats += 1) {
    await eventually(() => (stream.heartbeats === beats ? true : undefined), "a heartbeat");
    await clock.advance(15_000);
  }
});

/** Changes these again and again, each time once a page that reads was told; more than fits between the proxy and a page that does not. */
async function fill(reader: EventPageStream, names: readonly string[]): Promise<void> {
  const client = cluster.api(CoreV1).configMaps.in();
  for (let round = 0; round < 20; round += 1)
    for (const name of names) {
      const before = reader.events.length;
      await client.patch(name, { merge: { data: { text: `${round} `.repeat(300_000) } } });
      while (reader.events.length === before) await setImmediate();
    }
}

test("a slow page holds up nobody, and is told the newest of each object once it reads", async () => {
  const client = cluster.api(CoreV1).configMaps.in();
  for (const name of ["a", "b"]) await client.create({ metadata: { name } });
  const page = await serve();
  const [slow, fast] = [await page().open([maps]), await page().open([maps])];
  await told(slow, "added a", "added b", "end");
  await told(fast, "added a", "added b", "end");
  slow.pause();
  await fill(fast, ["a", "b"]);
  await client.delete("b");
  await eventually(() => (fast.told().at(-1) === "deleted b" ? true : undefined), "the other is told");
  expect(fast.told()).toHaveLength(3 + 40 + 1);
  slow.resume();
  await eventually(() => (slow.told().at(-1) === "deleted b" ? true : undefined), "it is told");
  const count = slow.told().length;
  // What lay on the way, and then each object once.
  expect(count).toBeGreaterThan(3);
  expect(count).toBeLessThan(40);
  const versions = slow.events.map(({ resourceVersion }) => Number(resourceVersion));
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  expect(slow.told().filter((one) => one === "deleted b")).toHaveLength(1);
});

test("a page that takes nothing of what waits for it is given up; one for which nothing waits is not", async () => {
  await cluster
    .api(CoreV1)
    .configMaps.in()
    .create({ metadata: { name: "a" } });
  const page = await serve({ limits: { stallMs: 1000 } });
  const [stream, fast, idle] = [await page().open([maps]), await page().open([maps]), await page().open([])];
  await told(stream, "added a", "end");
  await told(fast, "added a", "end");
  stream.pause();
  await fill(fast, ["a"]);
  await eventually(async () => ((await stream.change({})).status === 404 ? true : undefined), "it is given up");
  expect([fast.ended, idle.ended]).toEqual([false, false]);
});

test("a watch goes on for a minute after its last page left, so that one that comes again misses nothing", async () => {
  const client = cluster.api(CoreV1).configMaps.in();
  await client.create({ metadata: { name: "a" } });
  const page = await serve();
  const first = await page().open([maps]);
  await told(first, "added a", "end");
  const { resourceVersion } = first.events[1]!;
  first.close();
  await client.delete("a");
  await eventually(async () => ((await first.change({})).status === 404 ? true : undefined), "the stream is gone");
  await clock.advance(59_000);
  const second = await page().open([{ ...maps, resourceVersion }]);
  await told(second, "deleted a");
  await clock.advance(120_000);
  expect(asked("watch", "configmaps")).toBe(1);
  await second.change({ remove: ["m"] });
  await clock.advance(61_000);
  await told(await page().open([{ ...maps, resourceVersion }]), "error 410");
  expect(asked("watch", "configmaps")).toBe(2);
});

test("of one identity, no more than 50 watches go on without pages", async () => {
  const page = await serve();
  const stream = await page().open([]);
  const some = Array.from({ length: 60 }, (_, at) => ({ ...maps, id: `m${at}`, query: `labelSelector=n%3D${at}` }));
  await stream.change({ add: some });
  await told(stream, ...some.map(() => "end"));
  await stream.change({ remove: some.map(({ id }) => id) });
  await stream.change({ add: some.toReversed().map((one) => ({ ...one, id: `again-${one.id}` })) });
  await told(stream, ...some.map(() => "end"), ...some.map(() => "end"));
  expect(asked("watch", "configmaps")).toBe(70);
});

test("close() leaves nothing behind that waits", async () => {
  const { identify } = signedIn("ann");
  const page = await serve({ identify });
  const [stream, gone] = [await page().open([maps]), await page().open([pods])];
  await told(stream, "end");
  await told(gone, "end");
  gone.close();
  await eventually(async () => ((await gone.change({})).status === 404 ? true : undefined), "the stream is gone");
  await proxy?.close();
  await stream.done;
  await clock.settle();
  expect(clock.pending).toBe(0);
});

test("ends when its page is signed in no longer, with a 401 for each watch", async () => {
  const { users, identify } = signedIn("ann", "bob");
  const page = await serve({ identify });
  const [ann, bob] = [await page("ann").open([maps, pods]), await page("bob").open([maps])];
  await told(ann, "end", "end");
  await told(bob, "end");
  users.delete("ann");
  await clock.advance(60_000);
  await ann.done;
  expect(ann.told()).toEqual(["end", "end", "error 401", "error 401"]);
  await cluster
    .api(CoreV1)
    .configMaps.in()
    .create({ metadata: { name: "a" } });
  await told(bob, "end", "added a");
  expect(refused).toContain("401 nobody is signed in; sign in, and try again");
});

test("ends without a word when its page is signed in as another, so that it comes again", async () => {
  let user = "ann";
  const page = await serve({ identify: () => ({ impersonate: { user } }) });
  const stream = await page().open([maps]);
  await told(stream, "end");
  user = "bob";
  await clock.advance(60_000);
  await stream.done;
  expect(stream.told()).toEqual(["end"]);
});

test("nobody joins a running watch without the right to list and watch", async () => {
  const { identify } = signedIn("ann", "bob");
  denied = ({ user, resource, verb }) => user.name === "bob" && resource === "pods" && verb === "watch";
  const page = await serve({ identify });
  await told(await page("ann").open([pods]), "end");
  const bob = await page("bob").open([maps, pods]);
  await told(bob, "end", "error 403");
  const { message } = bob.events.find(({ id }) => id === "p")!.data;
  expect(message).toBe("you may not watch pods in all namespaces");
  expect(refused).toEqual([`403 ${message as string}`]);
  expect(asked("watch", "pods")).toBe(1);
});

test("a right is asked for once a minute, however many pages hold it, and a watch ends without it", async () => {
  const { identify } = signedIn("ann");
  const page = await serve({ identify });
  const streams = [await page().open([maps, pods]), await page().open([pods])];
  await told(streams[0]!, "end", "end");
  await told(streams[1]!, "end");
  expect(reviews()).toBe(4);
  await clock.advance(60_000);
  await eventually(() => (reviews() === 8 ? true : undefined), "it is asked again");
  denied = ({ resource }) => resource === "pods";
  await clock.advance(60_000);
  await told(streams[0]!, "end", "end", "error 403");
  await told(streams[1]!, "end", "error 403");
  await cluster
    .api(CoreV1)
    .configMaps.in()
    .create({ metadata: { name: "a" } });
  await told(streams[0]!, "end", "end", "error 403", "added a");
  // A right that comes back counts at once.
  denied = () => false;
  await told(await page().open([pods]), "end");
});

test("a right is no longer asked for when nobody holds it", async () => {
  const { identify } = signedIn("ann");
  const page = await serve({ identify });
  const stream = await page().open([maps]);
  await told(stream, "end");
  await stream.change({ remove: ["m"] });
  await clock.advance(300_000);
  expect(reviews()).toBe(2);
});

test("as long as the API server cannot say no, a right is kept", async () => {
  const { identify } = signedIn("ann");
  const page = await serve({ identify });
  const stream = await page().open([maps]);
  await told(stream, "end");
  const fault = api.faults.on({ resource: "selfsubjectaccessreviews" }).status(500);
  await clock.advance(60_000);
  await eventually(() => (fault.hits === 2 ? true : undefined), "it was asked in vain");
  await clock.advance(60_000);
  await cluster
    .api(CoreV1)
    .configMaps.in()
    .create({ metadata: { name: "a" } });
  await told(stream, "end", "added a");
});

test("reviews ask for a name, a namespace and selectors", async () => {
  const { identify } = signedIn("ann");
  const page = await serve({ identify });
  const query = "fieldSelector=metadata.name%3Da&labelSelector=app%3Dweb";
  await told(await page().open([{ ...maps, query }]), "end");
  const made = api.requests().filter(({ resource }) => resource === "selfsubjectaccessreviews");
  expect(made.map(({ user }) => user)).toEqual(["ann", "ann"]);
  expect(made.map(({ body }) => body)).toContainEqual(
    expect.objectContaining({
      spec: {
        resourceAttributes: {
          verb: "list",
          group: "",
          version: "v1",
          resource: "configmaps",
          namespace: "default",
          name: "a",
          labelSelector: { rawSelector: "app=web" },
          fieldSelector: { rawSelector: "metadata.name=a" },
        },
      },
    }),
  );
});

test("subscriptions beyond the limit fail alone, and those that ended count no longer", async () => {
  const page = await serve({ limits: { perIdentity: { subscriptions: 2 } } });
  const stream = await page().open([maps, pods, { ...maps, id: "more" }]);
  await told(stream, "end", "end", "error 429");
  await stream.change({ remove: ["p"], add: [{ ...maps, id: "another" }] });
  await told(stream, "end", "end", "error 429", "end");
});

test("what the API server refuses ends a watch alone, in its words", async () => {
  const page = await serve();
  denied = ({ resource }) => resource === "pods";
  const stream = await page().open([maps, pods]);
  await told(stream, "end", "error 403");
  expect(stream.events.find(({ type }) => type === "error")?.data["message"]).toMatch(/^pods is forbidden/);
  expect(refused).toEqual([]);
  // What it allows later counts at once.
  denied = () => false;
  await told(await page().open([pods]), "end");
});

test("a 401 that is about the proxy's own credentials is no page's", async () => {
  const page = await serve();
  api.faults.on({ resource: "pods" }).status(401);
  const stream = await page().open([pods]);
  await told(stream, "error 502");
  expect(refused).toHaveLength(1);
});

test("an API server that cannot be reached is told as 502, and what it does not have is not asked for again and again", async () => {
  const page = await serve();
  const fault = api.faults.on().drop();
  const stream = await page().open([pods]);
  await told(stream, "error 502");
  fault.end();
  const widgets = { path: "/apis/example.com/v1/widgets", query: "" };
  await stream.change({ add: [1, 2, 3].map((n) => ({ id: `w${n}`, ...widgets })) });
  await told(stream, "error 502", "error 404", "error 404", "error 404");
  const discoveries = (): number => api.requests().filter(({ path }) => path === "/apis").length;
  const before = discoveries();
  await stream.change({ add: [{ id: "w4", ...widgets }] });
  await told(stream, "error 502", "error 404", "error 404", "error 404", "error 404");
  expect(discoveries()).toBe(before);
  await clock.advance(10_000);
  await stream.change({ add: [{ id: "w5", ...widgets }] });
  await eventually(() => (discoveries() > before ? true : undefined), "it is asked again");
});
