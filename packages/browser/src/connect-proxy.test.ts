import { CoreV1 } from "@kubewright/api/core/v1";
import type { Pod } from "@kubewright/api/core/v1";
import { isStatusError, type StatusError, type Stored } from "@kubewright/core";
import { informer, type Informer } from "@kubewright/runtime";
import { describe, expect, onTestFinished, test } from "vitest";
import { FakePage } from "../../../test/support/fake-page.ts";
import { PageProxy, podBookmark, podObject, podsPath, status } from "../../../test/support/page-proxy.ts";
import type { WatchChanges, WatchRequest } from "@kubewright/runtime/relay";
import { connectPage, type ProxyCluster, type ProxyConnectOptions } from "./connect-proxy.ts";

const second = 1000;
const minute = 60 * second;

interface Setup {
  readonly proxy: PageProxy;
  readonly page: FakePage;
  readonly cluster: ProxyCluster;
  readonly warnings: string[];
}

function setUp(baseUrl = "/k8s"): Setup {
  const proxy = new PageProxy();
  const page = new FakePage(proxy.fetch);
  const warnings: string[] = [];
  const cluster = connectPage({ baseUrl, onWarning: (text) => warnings.push(text) }, page);
  onTestFinished(() => cluster.close());
  return { proxy, page, cluster, warnings };
}

/** Six collections that a dashboard shows; the first are the pods. */
function sixInformers(
  cluster: ProxyCluster,
): readonly [Informer<Pod>, ...{ readonly health: Informer<Pod>["health"] }[]] {
  const core = cluster.api(CoreV1);
  return [
    informer(core.pods.in("default")),
    informer(core.services),
    informer(core.configMaps),
    informer(core.secrets),
    informer(core.events),
    informer(core.endpoints),
  ];
}

/** Tells every watch of the stream that it begins with nothing; the pods `names` exist. */
function begin(proxy: PageProxy, ...names: string[]): void {
  for (const name of names) proxy.stream.tell(podsPath, "added", podObject(name));
  for (const { path } of proxy.stream.watches.values())
    proxy.stream.tell(path, "bookmark", podBookmark("5", true), "5");
}

function names(pods: Informer<Pod>): string[] {
  return pods
    .list()
    .map(({ metadata }) => metadata.name)
    .toSorted();
}

const lastPost = (proxy: PageProxy): readonly WatchRequest[] =>
  proxy.requests.findLast(({ path }) => path === "/~watch")?.body as readonly WatchRequest[];

describe("one stream", () => {
  test("six informers come over it, asked for in one request", async () => {
    const { proxy, page, cluster } = setUp();
    const [pods] = sixInformers(cluster);
    await page.clock.settle();

    expect(proxy.requests.map(({ method, path, query }) => [method, path, query])).toEqual([["POST", "/~watch", ""]]);
    expect(proxy.requests[0]?.headers.get("kubewright-page")).toBe("1");
    expect(proxy.stream.watches.size).toBe(6);
    expect(proxy.stream.watch(podsPath)).toEqual({ id: expect.stringMatching(/^\w+$/), path: podsPath, query: "" });
    expect(cluster.connection.getSnapshot()).toMatchObject({ state: "connected", error: undefined });

    proxy.stream.tell(podsPath, "added", podObject("a"));
    proxy.stream.tell(podsPath, "bookmark", podBookmark("5", true), "5");
    await page.clock.settle();
    expect(pods.health.synced).toBe(true);
    proxy.stream.tell(podsPath, "added", podObject("b", "6"), "6");
    proxy.stream.tell(podsPath, "deleted", podObject("a", "7"), "7");
    await page.clock.settle();
    expect(names(pods)).toEqual(["b"]);
  });

  test("what begins and ends in one turn is one request more, and the last one out closes it", async () => {
    const { proxy, page, cluster } = setUp();
    const core = cluster.api(CoreV1);
    const [pods, services] = [informer(core.pods), informer(core.services)];
    await page.clock.settle();
    await Promise.all([pods.close(), services.close()]);
    const [secrets, nodes] = [informer(core.secrets), informer(core.nodes)];
    await page.clock.settle();

    expect(proxy.requests.map(({ path }) => path)).toEqual(["/~watch", "/~watch/stream-1"]);
    const changes = proxy.requests[1]?.body as WatchChanges;
    expect(changes.add?.map(({ path }) => path)).toEqual(["/api/v1/secrets", "/api/v1/nodes"]);
    expect(changes.remove).toHaveLength(2);

    await Promise.all([secrets.close(), nodes.close()]);
    await page.clock.advance(minute);
    expect(proxy.stream.over).toBe(true);
    expect(cluster.connection.getSnapshot().state).toBe("idle");
    informer(core.pods);
    await page.clock.settle();
    expect(proxy.opened).toBe(2);
    expect(cluster.connection.getSnapshot().state).toBe("connected");
  });

  test("what could not be ended is ended with the next change, and what could not begin leaves nothing behind", async () => {
    const { proxy, page, cluster } = setUp();
    const core = cluster.api(CoreV1);
    const pods = informer(core.pods);
    await page.clock.settle();
    const { id } = proxy.stream.watch("/api/v1/pods");
    proxy.answer = ({ path }) => (path === "/~watch" ? undefined : status(503, "ServiceUnavailable", "not now"));
    await pods.close();
    await page.clock.settle();
    const watch = core.nodes.watch()[Symbol.asyncIterator]();
    await expect(page.clock.run(watch.next(), second)).rejects.toMatchObject({ statusCode: 503 });
    await page.clock.settle();
    expect(proxy.requests).toHaveLength(3);
    expect(proxy.stream.watches.has(id)).toBe(true);

    proxy.answer = () => undefined;
    informer(core.secrets);
    await page.clock.settle();
    expect([...proxy.stream.watches.values()].map(({ path }) => path)).toEqual(["/api/v1/secrets"]);
  });

  test("a watch that the proxy ended is not ended once more", async () => {
    const { proxy, page, cluster } = setUp();
    informer(cluster.api(CoreV1).pods);
    const watch = cluster.api(CoreV1).nodes.watch()[Symbol.asyncIterator]();
    const first = watch.next().catch((error: unknown) => error);
    await page.clock.settle();
    const gone = {
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      reason: "Expired",
      code: 410,
      message: "too old",
    };
    proxy.stream.tell("/api/v1/nodes", "error", gone, "");
    await page.clock.settle();
    expect(await first).toMatchObject({ statusCode: 410 });
    expect(proxy.requests).toHaveLength(1);
  });

  test.each([
    ["/k8s", "/k8s"],
    ["../k8s/", "/k8s"],
    ["http://page.test/k8s", "/k8s"],
  ])("the proxy at %s is found from the page", async (baseUrl) => {
    const { proxy, page, cluster } = setUp(baseUrl);
    informer(cluster.api(CoreV1).pods);
    await page.clock.settle();
    expect(proxy.opened).toBe(1);
  });

  test("selectors and metadata alone are asked for as they are, and nothing is told that was not asked for", async () => {
    const { proxy, page, cluster } = setUp();
    const { pods } = cluster.api(CoreV1);
    const events: unknown[] = [];
    const follow = async (): Promise<void> => {
      const options = { labelSelector: { app: "web" }, fieldSelector: "spec.nodeName=a,status.phase!=Failed" };
      for await (const { type, object } of pods.in("default").metadata.watch(options))
        events.push(type === "BOOKMARK" ? type : [type, object.metadata.name]);
    };
    const following = follow();
    await page.clock.settle();
    const { id, ...asked } = proxy.stream.watch(podsPath);
    expect(id).not.toBe("");
    const query = new URLSearchParams({
      labelSelector: "app=web",
      fieldSelector: "spec.nodeName=a,status.phase!=Failed",
    });
    expect(asked).toEqual({ path: podsPath, query: query.toString(), metadataOnly: true });
    begin(proxy, "a");
    proxy.stream.tell(podsPath, "bookmark", podBookmark("6"), "6");
    proxy.stream.tell(podsPath, "modified", podObject("a", "7"), "7");
    await page.clock.settle();
    expect(events).toEqual([
      ["ADDED", "a"],
      ["MODIFIED", "a"],
    ]);
    await cluster.close();
    await expect(following).rejects.toThrow("Closed: the connection to the cluster was closed");
  });

  test("a watch ends after timeoutSeconds", async () => {
    const { proxy, page, cluster } = setUp();
    const events: unknown[] = [];
    const follow = async (): Promise<void> => {
      const options = { resourceVersion: "4", timeoutSeconds: 30, allowWatchBookmarks: true };
      for await (const { type } of cluster.api(CoreV1).pods.in("default").watch(options)) events.push(type);
    };
    const following = follow();
    await page.clock.settle();
    expect(proxy.stream.watch(podsPath)).toMatchObject({ resourceVersion: "4" });
    proxy.stream.tell(podsPath, "bookmark", podBookmark("6"), "6");
    await page.clock.run(following, 2 * minute);
    expect(events).toEqual(["BOOKMARK"]);
    await page.clock.settle();
    expect(proxy.stream.watches.size).toBe(0);
  });

  test("what a subscription cannot say goes as a watch of its own", async () => {
    const { proxy, page, cluster } = setUp();
    const { pods } = cluster.api(CoreV1);
    const json = { headers: { "content-type": "application/json" } };
    proxy.answer = ({ path }) => (path === "/api/v1/pods" ? new Response("", json) : undefined);
    const watches = [
      pods.watch({ impersonate: { user: "jane" } }),
      pods.watch({
        sendInitialEvents: true,
        resourceVersionMatch: "NotOlderThan",
        resourceVersion: "7",
        allowWatchBookmarks: true,
      }),
    ];
    for (const watch of watches) {
      const first = watch[Symbol.asyncIterator]().next();
      expect(await page.clock.run(first)).toEqual({ done: true, value: undefined });
    }
    expect(proxy.requests.map(({ method, path }) => [method, path])).toEqual([
      ["GET", "/api/v1/pods"],
      ["GET", "/api/v1/pods"],
    ]);
  });
});

describe("refusals", () => {
  const forbidden = {
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    reason: "Forbidden",
    code: 403,
    message: "no pods for you",
  };

  test("of one watch concern that watch, with the server's words", async () => {
    const { proxy, page, cluster } = setUp();
    const [pods, services] = sixInformers(cluster);
    const synced = pods.synced().catch((error: unknown) => error);
    await page.clock.settle();
    proxy.stream.tell(podsPath, "error", forbidden, "");
    begin(proxy);
    await page.clock.settle();
    const error = await synced;
    expect(isStatusError(error) && [error.statusCode, error.reason, error.status.message]).toEqual([
      403,
      "Forbidden",
      "no pods for you",
    ]);
    expect(services?.health).toMatchObject({ synced: true, state: "streaming" });
    expect(cluster.connection.getSnapshot().state).toBe("connected");
  });

  test("of a version that is too old have the collection read anew", async () => {
    const { proxy, page, cluster } = setUp();
    const [pods] = sixInformers(cluster);
    await page.clock.settle();
    begin(proxy, "a");
    await page.clock.settle();
    proxy.stream.tell(podsPath, "error", { ...forbidden, reason: "Expired", code: 410 }, "");
    await page.clock.advance(5 * second);
    expect(proxy.stream.watch(podsPath).resourceVersion).toBeUndefined();
    proxy.stream.tell(podsPath, "added", podObject("b", "9"), "9");
    proxy.stream.tell(podsPath, "bookmark", podBookmark("9", true), "9");
    await page.clock.settle();
    expect(names(pods)).toEqual(["b"]);
    expect(proxy.opened).toBe(1);
  });
});

describe("a connection that is lost", () => {
  test("is made again with the versions that are known, in one request, and nothing is lost", async () => {
    const { proxy, page, cluster } = setUp();
    const all = sixInformers(cluster);
    const [pods] = all;
    await page.clock.settle();
    begin(proxy, "a", "b");
    proxy.stream.tell(podsPath, "modified", podObject("a", "8"), "8");
    await page.clock.settle();
    proxy.stream.end(new Error("the network broke"));
    await page.clock.settle();
    expect(cluster.connection.getSnapshot()).toMatchObject({ state: "waiting", error: { name: "ConnectionError" } });
    expect(pods.health).toMatchObject({ state: "recovering", error: { name: "ConnectionError" } });
    await page.clock.advance(3 * second);

    expect(proxy.opened).toBe(2);
    expect(lastPost(proxy).map(({ path, resourceVersion }) => [path === podsPath, resourceVersion])).toEqual(
      expect.arrayContaining([
        [true, "8"],
        [false, "5"],
      ]),
    );
    expect(lastPost(proxy)).toHaveLength(6);
    proxy.stream.tell(podsPath, "deleted", podObject("b", "9"), "9");
    await page.clock.settle();
    expect(names(pods)).toEqual(["a"]);
    expect(all.map(({ health }) => health.state)).toEqual(Array<string>(6).fill("streaming"));
    expect(cluster.connection.getSnapshot()).toMatchObject({ state: "connected", error: undefined });
  });

  test("that is silent for longer than heartbeats come is given up", async () => {
    const { proxy, page, cluster } = setUp();
    informer(cluster.api(CoreV1).pods.in("default"));
    await page.clock.settle();
    begin(proxy);
    for (let i = 0; i < 20; i++) {
      await page.clock.advance(15 * second);
      proxy.stream.write(":\n\n");
    }
    await page.clock.settle();
    expect(proxy.opened).toBe(1);
    await page.clock.advance(minute);
    expect(proxy.opened).toBe(2);
    expect(proxy.streams[0]?.over).toBe(true);
  });

  test("is tried ever more seldom, whoever waits for it, and all are back with the first try that works", async () => {
    const { proxy, page, cluster } = setUp();
    const all = sixInformers(cluster);
    await page.clock.settle();
    begin(proxy);
    await page.clock.settle();
    proxy.answer = () => {
      throw new TypeError("Failed to fetch");
    };
    proxy.stream.end();
    await page.clock.advance(10 * minute);
    expect(proxy.opened).toBeGreaterThan(10);
    expect(proxy.opened).toBeLessThan(40);
    // Nothing else goes out meanwhile.
    expect(proxy.requests.filter(({ path }) => path !== "/~watch")).toEqual([]);

    proxy.answer = () => undefined;
    await page.clock.advance(minute);
    expect(proxy.stream.watches.size).toBe(6);
    expect(lastPost(proxy).length).toBe(6);
    expect(all.map(({ health }) => health.state)).toEqual(Array<string>(6).fill("streaming"));
  });

  test("by a proxy that asks to wait is not tried sooner", async () => {
    const { proxy, page, cluster } = setUp();
    proxy.answer = () => status(429, "TooManyRequests", "too many streams", { "retry-after": "100" });
    sixInformers(cluster);
    await page.clock.advance(50 * second);
    for (const visible of [false, true]) page.look(visible);
    await page.clock.advance(40 * second);
    const watch = cluster.api(CoreV1).nodes.watch()[Symbol.asyncIterator]();
    await expect(page.clock.run(watch.next())).rejects.toMatchObject({ statusCode: 429, retryAfterSeconds: 100 });
    expect(proxy.opened).toBe(1);
    await page.clock.advance(2 * minute);
    expect(proxy.opened).toBeGreaterThan(1);
  });

  test("while there is no network waits for it, and is there at once when it is", async () => {
    const { proxy, page, cluster } = setUp();
    const [pods] = sixInformers(cluster);
    await page.clock.settle();
    begin(proxy, "a");
    await page.clock.advance(minute / 4);
    page.network(false);
    proxy.answer = () => {
      throw new TypeError("Failed to fetch");
    };
    proxy.stream.end(new Error("net::ERR_INTERNET_DISCONNECTED"));
    await page.clock.advance(60 * minute);
    expect(cluster.connection.getSnapshot().state).toBe("offline");
    // A browser may be wrong about it.
    expect(proxy.opened).toBeLessThan(65);

    proxy.answer = () => undefined;
    page.network(true);
    await page.clock.advance(second);
    expect(proxy.stream.watches.size).toBe(6);
    expect(lastPost(proxy).every(({ resourceVersion }) => resourceVersion === "5")).toBe(true);
    proxy.stream.tell(podsPath, "deleted", podObject("a", "9"), "9");
    await page.clock.settle();
    expect(names(pods)).toEqual([]);
  });

  test("in a page that nobody looks at is tried seldom, and at once when somebody does", async () => {
    const { proxy, page, cluster } = setUp();
    sixInformers(cluster);
    await page.clock.settle();
    begin(proxy);
    await page.clock.settle();
    page.look(false);
    proxy.answer = () => {
      throw new TypeError("Failed to fetch");
    };
    proxy.stream.end();
    await page.clock.advance(5 * minute);
    expect(proxy.opened).toBeLessThan(7);
    await page.clock.advance(55 * minute);
    expect(proxy.opened).toBeLessThan(20);
    proxy.answer = () => undefined;
    page.look(true);
    await page.clock.advance(second);
    expect(proxy.stream.watches.size).toBe(6);
  });

  test("when the network changes is not trusted unless it spoke just before", async () => {
    const { proxy, page, cluster } = setUp();
    sixInformers(cluster);
    await page.clock.settle();
    begin(proxy);
    await page.clock.advance(5 * second);
    page.network(false);
    page.network(true);
    await page.clock.advance(5 * second);
    expect(proxy.opened).toBe(1);
    await page.clock.advance(20 * second);
    page.network(false);
    page.network(true);
    await page.clock.advance(3 * second);
    expect(proxy.opened).toBe(2);
  });

  test("whose stream the proxy no longer has, for it began anew, is made again", async () => {
    const { proxy, page, cluster } = setUp();
    const { pods, services } = cluster.api(CoreV1);
    informer(pods.in("default"));
    await page.clock.settle();
    begin(proxy);
    await page.clock.settle();
    proxy.answer = ({ path }) => (path === "/~watch/stream-1" ? status(404, "NotFound", "no such stream") : undefined);
    informer(services);
    await page.clock.advance(3 * second);
    expect(proxy.opened).toBe(2);
    expect(proxy.stream.watches.size).toBe(2);
    expect(proxy.stream.watch(podsPath).resourceVersion).toBe("5");
    expect(proxy.stream.watch("/api/v1/services").resourceVersion).toBeUndefined();
  });

  test("to something else than a proxy says so", async () => {
    const { proxy, page, cluster } = setUp();
    proxy.answer = () => new Response("<html>", { headers: { "content-type": "text/html" } });
    informer(cluster.api(CoreV1).pods);
    await page.clock.settle();
    expect(cluster.connection.getSnapshot()).toMatchObject({
      state: "waiting",
      error: { message: expect.stringContaining("answered with text/html instead of events; check baseUrl") },
    });
  });
});

describe("a sign-in that has ended", () => {
  const signedOut = (): Response => status(401, "Unauthorized", "sign in");

  async function expire(setup: Setup): Promise<ReturnType<typeof sixInformers>> {
    const { proxy, page, cluster } = setup;
    const all = sixInformers(cluster);
    await page.clock.settle();
    begin(proxy, "a");
    await page.clock.settle();
    proxy.answer = signedOut;
    proxy.stream.end();
    await page.clock.advance(minute / 2);
    return all;
  }

  test("while six watches are open is told, and asked about once a minute at most", async () => {
    const setup = setUp();
    const { proxy, page, cluster } = setup;
    const [pods] = await expire(setup);
    expect(cluster.connection.getSnapshot()).toMatchObject({ state: "signedOut", error: { name: "StatusError" } });
    expect(pods.health).toMatchObject({
      state: "recovering",
      error: { statusCode: 401 } satisfies Partial<StatusError>,
    });
    const before = proxy.requests.length;
    await page.clock.advance(60 * minute);
    expect(proxy.requests.length - before).toBeLessThanOrEqual(60);
    expect(names(pods)).toEqual(["a"]);
  });

  test("and that one watch is told of concerns all of them", async () => {
    const { proxy, page, cluster } = setUp();
    const all = sixInformers(cluster);
    await page.clock.settle();
    begin(proxy, "a");
    await page.clock.settle();
    const refused = {
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      reason: "Unauthorized",
      code: 401,
      message: "sign in",
    };
    proxy.stream.tell(podsPath, "error", refused, "");
    await page.clock.settle();
    expect(cluster.connection.getSnapshot()).toMatchObject({ state: "signedOut", error: { statusCode: 401 } });
    for (const { health } of all) expect(health).toMatchObject({ state: "recovering", error: { statusCode: 401 } });
    expect(proxy.stream.over).toBe(true);
  });

  test.each<[string, (setup: Setup) => unknown]>([
    ["when somebody comes back to the page", ({ page }) => [false, true].forEach((visible) => page.look(visible))],
    [
      "when another request goes through",
      ({ cluster }) => void cluster.request({ path: "/healthz" }).then((answer) => answer.discard()),
    ],
    ["after a while", ({ page }) => page.clock.advance(2 * minute)],
  ])("is over %s, and all goes on where it was", async (_, act) => {
    const setup = setUp();
    const { proxy, page, cluster } = setup;
    const [pods] = await expire(setup);
    proxy.answer = ({ path }) => (path === "/healthz" ? new Response("ok") : undefined);
    await act(setup);
    await page.clock.advance(3 * second);
    expect(cluster.connection.getSnapshot()).toMatchObject({ state: "connected", error: undefined });
    expect(proxy.stream.watches.size).toBe(6);
    expect(proxy.stream.watch(podsPath).resourceVersion).toBe("5");
    proxy.stream.tell(podsPath, "deleted", podObject("a", "9"), "9");
    await page.clock.settle();
    expect(names(pods)).toEqual([]);
  });
});

describe("another proxy", () => {
  test.each<[string, () => Response]>([
    ["has no such path", () => new Response("404 page not found", { status: 404 })],
    ["takes no POST", () => new Response("", { status: 405 })],
    ["may not post there", () => status(403, "Forbidden", `User "jane" cannot post path "/~watch"`)],
  ])("that %s gets plain watches, and that is said once", async (_, answer) => {
    const { proxy, page, cluster, warnings } = setUp();
    const pods: Stored<Pod>[] = [podObject("a") as Stored<Pod>];
    proxy.answer = ({ path, query }) => {
      if (path === "/~watch") return answer();
      const open = new ReadableStream<Uint8Array>({
        start(controller) {
          if (!query.includes("sendInitialEvents=true")) return;
          const lines = [
            ...pods.map((object) => ({ type: "ADDED", object })),
            { type: "BOOKMARK", object: podBookmark("5", true) },
          ];
          controller.enqueue(new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));
        },
      });
      return new Response(open, { headers: { "content-type": "application/json" } });
    };
    const [informed, other] = [informer(cluster.api(CoreV1).pods), informer(cluster.api(CoreV1).pods.in("default"))];
    await page.clock.settle();
    expect([informed.size, other.size]).toEqual([1, 1]);
    await page.clock.advance(30 * minute);
    expect(proxy.opened).toBe(1);
    expect(warnings).toEqual([expect.stringContaining("takes no subscriptions")]);
    expect(cluster.connection.getSnapshot().state).toBe("connected");
  });
});

test("a shared worker is made as pages make them", () => {
  // The compiler looks at it: nothing here has SharedWorker.
  const options: ProxyConnectOptions = {
    baseUrl: "/k8s",
    worker: () => new SharedWorker(new URL("./watches.js", import.meta.url), { type: "module" }),
  };
  connectPage(options, new FakePage(new PageProxy().fetch));
});

test("a plain request that the server asks to send again is sent again", async () => {
  const { proxy, page, cluster } = setUp();
  let asked = 0;
  proxy.answer = () =>
    ++asked === 1
      ? status(429, "TooManyRequests", "wait", { "retry-after": "1" })
      : Response.json({ gitVersion: "v1.36.3" });
  expect((await page.clock.run(cluster.version())).gitVersion).toBe("v1.36.3");
});

test("wrong options are refused with what is wrong", () => {
  const page = new FakePage(new PageProxy().fetch);
  const connect = (options: object) => (): unknown => connectPage(options as { baseUrl: string }, page);
  expect(connect({})).toThrow('Invalid baseUrl: it must be text, such as "/k8s"');
  expect(connect({ baseUrl: "http://" })).toThrow("Invalid baseUrl: it must be where the proxy is");
  expect(connect({ baseURL: "/k8s" })).toThrow("Invalid baseURL: there is no such option; did you mean baseUrl?");
  expect(connect({ baseUrl: "/k8s", worker: {} })).toThrow(
    "Invalid worker: it must be a function that makes a SharedWorker",
  );
  expect(connect({ baseUrl: "/k8s", session: 7 })).toThrow("Invalid session: it must be text");
});
