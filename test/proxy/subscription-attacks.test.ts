import type { WatchRequest } from "@kubewright/runtime/relay";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventPage, type EventPageStream } from "../support/event-page.ts";
import { eventually } from "../support/eventually.ts";
import { type AttackedProxy, attackedProxy } from "./attacked-proxy.ts";
import { forbiddenPaths } from "./forbidden-paths.ts";

// The attacks once more, where the watches that pages share are asked for.

let proxy: AttackedProxy;
beforeAll(async () => {
  proxy = await attackedProxy();
});
afterAll(() => proxy[Symbol.asyncDispose]());

const configMaps = "/api/v1/namespaces/default/configmaps";
const harmless: WatchRequest = { id: "harmless", path: configMaps, query: "" };

/** What the API server saw of `act`, but for the harmless watch beside it. */
async function seenOf(act: () => Promise<unknown>): Promise<readonly unknown[]> {
  const before = proxy.api.requests().length;
  await act();
  const { seen } = await proxy.attack(`${proxy.request("GET", "/k8s/version")}\r\n`);
  expect(seen.length).toBeGreaterThan(0);
  const since = proxy.api.requests().slice(before);
  return since.filter(({ path, resource, verb }) => {
    // Discovery, too: that one may read, and the proxy itself does for what it does not know.
    const isOurs = ["/version", "/api", "/apis"].includes(path) || path.startsWith("/api/v1/namespaces/mark-");
    return !isOurs && !(resource === "configmaps" && (verb === "list" || verb === "watch"));
  });
}

/** Asks for a watch beside a harmless one, and gives how it is refused: the status of the answer, or of the watch's error. */
async function refusedWith(attack: object): Promise<number> {
  const page = new EventPage(proxy.port);
  let stream: EventPageStream;
  try {
    stream = await page.open([{ id: "attack", path: configMaps, query: "", ...attack }, harmless]);
  } catch (error) {
    return Number(/^\d+/.exec((error as Error).message)?.[0] ?? 0);
  }
  try {
    await eventually(() => stream.told("harmless").includes("end") || undefined, "the harmless watch is told");
    const { type, data } = await eventually(
      () => stream.events.find(({ id }) => id === "attack"),
      "the attack is answered",
    );
    expect(type).toBe("error");
    return Number(data["code"]);
  } finally {
    stream.close();
    await stream.done;
  }
}

async function expectRefused(attack: object): Promise<void> {
  let status = 0;
  const seen = await seenOf(async () => {
    status = await refusedWith(attack);
  });
  expect(seen).toEqual([]);
  expect([400, 403, 404, 429]).toContain(status);
}

describe("a watch of", () => {
  test.each(forbiddenPaths)("%s", async (_, path) => {
    await expectRefused({ path });
  });

  test.each([
    ["one object", `${configMaps}/colours`],
    ["a log", "/api/v1/namespaces/default/pods/a/log"],
    ["a scale", "/apis/apps/v1/namespaces/default/deployments/a/scale"],
    ["what one may do", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"],
    ["the version", "/version"],
    ["the groups", "/apis"],
    ["nothing", ""],
    ["another server", "http://evil.test/api/v1/pods"],
    ["another server, in short", "//evil.test/api/v1/pods"],
    ["the proxy's own prefix", "/k8s/api/v1/pods"],
    ["other streams", "/~watch"],
    ["a path with a query", "/api/v1/pods?labelSelector=a"],
    ["a path with a fragment", "/api/v1/pods#a"],
    ["a resource that the server does not have", "/apis/example.com/v1/widgets"],
    ["a namespace of what has none", "/api/v1/namespaces/default/nodes"],
  ])("%s", async (_, path) => {
    await expectRefused({ path });
  });

  test.each<[string, object]>([
    ["a list that goes on elsewhere", { query: "continue=canary" }],
    ["a version in the query", { query: "resourceVersion=1" }],
    ["no watch", { query: "watch=false" }],
    ["all in the query of another", { query: "labelSelector=a&labelSelector=b" }],
    ["what a semicolon hides", { query: "labelSelector=a;watch=false" }],
    ["half an escape", { query: "labelSelector=%2" }],
    ["a version with a line break", { resourceVersion: "1\n\ndata: canary" }],
    ["a version that is no text", { resourceVersion: 1 }],
    ["metadata by another word", { metadataOnly: "true" }],
    ["an id with a line break", { id: "a\n\nevent: added\ndata: canary" }],
    ["an id with a colon", { id: "a:1" }],
    ["an id without end", { id: "a".repeat(65) }],
    ["an id that another has", { id: "harmless" }],
    ["headers", { headers: { "impersonate-user": "admin" } }],
    ["somebody else", { impersonate: { user: "admin" } }],
    ["a token", { token: "canary" }],
    ["a path in a list", { path: [configMaps] }],
    ["another verb", { method: "DELETE" }],
  ])("%s", async (_, attack) => {
    await expectRefused(attack);
  });
});

describe("what opens a stream", () => {
  const body = JSON.stringify([harmless]);
  const post = "POST /k8s/~watch HTTP/1.1";
  const page = ["Origin: http://{host}", "kubewright-page: 1", "Content-Type: application/json"];

  test.each<[string, string, readonly string[], string?]>([
    ["under another name", post, ["Host: evil.test", "Origin: http://evil.test", ...page.slice(1)]],
    ["from a page of another origin", post, ["Host: {host}", "Origin: https://evil.test", ...page.slice(1)]],
    ["from a sandbox", post, ["Host: {host}", "Origin: null", ...page.slice(1)]],
    ["from a page beside us", post, ["Host: {host}", ...page, "Sec-Fetch-Site: same-site"]],
    ["from a form", post, ["Host: {host}", "Origin: http://{host}", "Content-Type: application/x-www-form-urlencoded"]],
    [
      "from a form of text",
      post,
      ["Host: {host}", "Origin: http://{host}", "kubewright-page: 1", "Content-Type: text/plain"],
    ],
    ["without our header", post, ["Host: {host}", "Origin: http://{host}", "Content-Type: application/json"]],
    [
      "with a body that is a patch",
      post,
      ["Host: {host}", ...page.slice(0, 2), "Content-Type: application/merge-patch+json"],
    ],
    ["that impersonates", post, ["Host: {host}", ...page, "Impersonate-User: admin"]],
    ["with two origins", post, ["Host: {host}", ...page, "Origin: https://evil.test"]],
    ["by GET, as EventSource does", "GET /k8s/~watch HTTP/1.1", ["Host: {host}"], ""],
    ["by PUT", "PUT /k8s/~watch HTTP/1.1", ["Host: {host}", ...page]],
    ["below another", "POST /k8s/~watch/a/b HTTP/1.1", ["Host: {host}", ...page]],
    ["encoded twice", "POST /k8s/%257Ewatch HTTP/1.1", ["Host: {host}", ...page]],
    ["of no JSON", post, ["Host: {host}", ...page], "[{]"],
    ["of no list", post, ["Host: {host}", ...page], "{}"],
    ["of bytes that are no UTF-8", post, ["Host: {host}", ...page], '["\u00ff"]'],
    ["of a list of lists", post, ["Host: {host}", ...page], "[[]]"],
    [
      "of what changes every object",
      post,
      ["Host: {host}", ...page],
      '[{"__proto__":{"path":"/api/v1/secrets","query":"","id":"a"}}]',
    ],
    ["of too much", post, ["Host: {host}", ...page], `[${" ".repeat(3 * 1024 * 1024)}]`],
    ["of no length", post, ["Host: {host}", ...page, "Content-Length: 1"]],
  ])("%s", async (_, line, headers, content = body) => {
    const length = content === "" ? [] : [`Content-Length: ${content.length}`];
    const head = [line, ...headers, ...length].join("\r\n").replaceAll("{host}", proxy.host);
    const { answer, seen } = await proxy.attack(`${head}\r\n\r\n`, Buffer.from(content, "latin1"));
    expect(seen).toEqual([]);
    expect([400, 403, 404, 405, 413, 415]).toContain(answer.status);
  });

  test("is changed by nobody who guesses", async () => {
    for (const name of ["a", "..", "%2e%2e", "A".repeat(22), "__proto__", "constructor"]) {
      const head = `${proxy.request("POST", `/k8s/~watch/${name}`, ...page.map((line) => line.replace("{host}", proxy.host)))}Content-Length: 2\r\n\r\n`;
      const { answer, seen } = await proxy.attack(head, "{}");
      expect(seen).toEqual([]);
      expect([400, 404]).toContain(answer.status);
    }
  });
});

describe("somebody else", () => {
  let shared: AttackedProxy;
  beforeAll(async () => {
    shared = await attackedProxy(
      {
        identify(request) {
          const user = /^user=(\w+)$/.exec(request.headers.cookie ?? "")?.[1];
          if (user === "broken") throw new Error("canary of the session store");
          if (user === "empty") return {} as never;
          if (user === "nobody") return { impersonate: { user: "" } };
          return user === undefined ? undefined : { impersonate: { user } };
        },
      },
      { authorize: ({ user, resource, verb }) => user.name !== "bob" || resource !== "configmaps" || verb === "get" },
    );
  });
  afterAll(() => shared[Symbol.asyncDispose]());

  const as = (user: string): EventPage => new EventPage(shared.port, { cookie: `user=${user}` });

  test("cannot change a stream, even who knows its name", async () => {
    const stream = await as("alice").open([harmless]);
    await eventually(() => stream.told().includes("end") || undefined, "it is told");
    const before = shared.api.requests().length;
    const answer = await as("mallory").post(`/~watch/${stream.name}`, {
      add: [{ id: "a", path: "/api/v1/pods", query: "" }],
    });
    expect([answer.status, JSON.parse(answer.body).reason]).toEqual([404, "NotFound"]);
    expect((await as("mallory").post(`/~watch/${stream.name}`, { remove: ["harmless"] })).status).toBe(404);
    expect((await new EventPage(shared.port).post(`/~watch/${stream.name}`, { remove: ["harmless"] })).status).toBe(
      401,
    );
    expect(shared.api.requests().slice(before)).toEqual([]);
    expect(stream.ended).toBe(false);
    stream.close();
  });

  test("joins no watch that runs already without the right to it", async () => {
    const alice = await as("alice").open([harmless]);
    await eventually(() => alice.told().includes("end") || undefined, "it is told");
    const before = shared.api.requests().length;
    const bob = await as("bob").open([harmless]);
    await eventually(() => bob.told()[0], "it is answered");
    expect(bob.told()).toEqual(["error 403"]);
    const since = shared.api.requests().slice(before);
    expect(since.filter(({ resource }) => resource !== "selfsubjectaccessreviews")).toEqual([]);
    alice.close();
    bob.close();
  });

  test("who may do the same has a watch of their own", async () => {
    const before = shared.api.requests().length;
    const streams = await Promise.all(["carol", "carol", "dave"].map((user) => as(user).open([harmless])));
    for (const stream of streams) await eventually(() => stream.told().includes("end") || undefined, "it is told");
    const watches = shared.api
      .requests()
      .slice(before)
      .filter(({ resource, verb }) => resource === "configmaps" && verb === "watch");
    expect(watches).toHaveLength(2);
    expect(new Set(watches.map(({ user }) => user))).toEqual(new Set(["carol", "dave"]));
    for (const stream of streams) stream.close();
  });

  test.each([
    ["nobody signed in", undefined, 401],
    ["whom the proxy cannot tell", "user=broken", 500],
    ["whom the proxy has no name for", "user=empty", 500],
    ["whose name is empty", "user=nobody", 500],
  ])("%s reaches nothing, and never with the proxy's own rights", async (_, cookie, status) => {
    const head = shared.request("GET", "/k8s/api/v1/pods", ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]));
    const { answer, seen } = await shared.attack(`${head}\r\n`);
    expect([answer.status, seen]).toEqual([status, []]);
    expect(answer.body).not.toContain("canary");
    const page = new EventPage(shared.port, cookie === undefined ? {} : { cookie });
    expect((await page.post("/~watch", [harmless])).status).toBe(status);
  });

  test("is named on every request that goes on, and the proxy itself on none", async () => {
    const before = shared.api.requests().length;
    const { answer } = await shared.attack(`${shared.request("GET", "/k8s/api/v1/pods", "Cookie: user=erin")}\r\n`);
    expect(answer.status).toBe(200);
    const users = shared.api
      .requests()
      .slice(before)
      .map(({ user }) => user);
    expect(users).toEqual(["erin", "alice"]);
  });
});

test("who begins watches without end is slowed down as by requests; who joins what runs is not", async () => {
  await using slow = await attackedProxy({ limits: { perIdentity: { requestsPerSecond: 10 } } });
  const page = new EventPage(slow.port);
  const hundred = (query: (at: number) => string): WatchRequest[] =>
    Array.from({ length: 100 }, (_, at) => ({ id: `a${at}`, path: configMaps, query: query(at) }));
  const joining = await page.open(hundred(() => ""));
  await eventually(() => joining.told().length >= 200 || undefined, "all are told what there is");
  expect(joining.told()).not.toContain("error 429");
  const beginning = await page.open(hundred((at) => `labelSelector=a%3D${at}`));
  await eventually(() => beginning.told().length >= 100 || undefined, "all are answered");
  expect(beginning.told().filter((event) => event === "error 429").length).toBeGreaterThan(50);
  joining.close();
  beginning.close();
});
