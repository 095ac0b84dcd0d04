import { type ApiRequest, type ApiResponse, ConnectionError, createCluster, type Transport } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { type Pod, podResource } from "../../../../test/support/memory-cluster.ts";
import { createMemoryServer, type MemoryServer } from "../../../../test/support/memory-server.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { informer } from "./informer.ts";

const minute = 60_000;
const hour = 60 * minute;

/** A request, and when it was made. */
interface Asked {
  readonly at: number;
  readonly verb: string;
  readonly query: URLSearchParams;
}

/** Pods of a server in memory, behind a transport that writes down what is asked for and may answer in its place. */
function createGround(instead: (request: ApiRequest, nth: number) => ApiResponse | undefined = () => undefined) {
  const clock = createVirtualClock();
  const server = createMemoryServer();
  const asked: Asked[] = [];
  const transport: Transport = {
    server: server.server,
    async send(request) {
      asked.push({ at: clock.now(), verb: request.verb, query: new URLSearchParams(request.query) });
      await Promise.resolve();
      return instead(request, asked.length) ?? server.send(request);
    },
    close: () => server.close(),
  };
  const cluster = createCluster({ transport, clock });
  return { clock, server, asked, cluster, pods: cluster.resource<Pod>(podResource) };
}

/** Ends each watch when it was asked to, and tells bookmarks each 61 s, as the API server does; for one watch at a time. */
function behave(clock: VirtualClock, server: MemoryServer, asked: readonly Asked[], bookmarks: boolean): () => void {
  let over = false;
  const again = (ms: number, act: () => void): void => void clock.after(ms, () => over || act());
  const bookmark = (): void => {
    if (bookmarks) server.bookmark();
    again(61_000, bookmark);
  };
  const end = (): void => {
    const { at = 0, query } = asked.findLast(({ verb }) => verb === "watch") ?? {};
    const due = at + Number(query?.get("timeoutSeconds")) * 1000;
    if (due <= clock.now()) server.endWatches();
    again(Math.max(1000, due - clock.now()), end);
  };
  again(61_000, bookmark);
  again(1_000, end);
  return () => (over = true);
}

function answer(status: number, reason: string, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  const text = JSON.stringify({ kind: "Status", status: "Failure", reason, code: status, message: reason });
  return answerWith(text, status, headers);
}

function answerWith(text: string, status = 200, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return {
    status,
    headers: { get: (name) => (name === "content-type" ? "application/json" : headers[name]) },
    body: (async function* () {
      yield new TextEncoder().encode(text);
    })(),
    discard() {},
  };
}

describe("in quiet", () => {
  test.each([true, false])(
    "only the time it asked for ends a watch, which goes on without a list; what then happens is known at once (bookmarks: %s)",
    async (bookmarks) => {
      const { clock, server, asked, pods } = createGround();
      server.put("a");
      const cache = informer(pods);
      await clock.run(cache.synced());
      const quiet = behave(clock, server, asked, bookmarks);
      await clock.advance(4 * hour);
      const watches = asked.filter(({ verb }) => verb === "watch");
      expect(asked).toEqual(watches);
      expect(watches.length).toBeGreaterThan(4 * 6);
      expect(watches.length).toBeLessThanOrEqual(1 + 4 * 12);
      for (const [nth, { at }] of watches.entries()) {
        const before = watches[nth - 1];
        if (before === undefined) continue;
        expect(at - before.at).toBeGreaterThanOrEqual(Number(before.query.get("timeoutSeconds")) * 1000);
        expect(at - before.at).toBeLessThanOrEqual(Number(before.query.get("timeoutSeconds")) * 1000 + 1000);
      }
      expect(cache.health).toMatchObject({ state: "streaming", restarts: watches.length - 1, error: undefined });
      server.put("b");
      await clock.settle();
      expect(cache.get("b", "default")).toBeDefined();
      quiet();
      await cache.close();
    },
  );
});

describe("there is no storm", () => {
  const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
  const broken: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.reject(new ConnectionError("Reset: the connection broke")),
    }),
  };
  const causes: Readonly<Record<string, (request: ApiRequest) => ApiResponse | undefined>> = {
    refused: () => {
      throw new ConnectionError("Refused: nobody listens there", { sent: "no" });
    },
    "broken at once": () => ({ ...answerWith(""), body: broken }),
    "ended at once": ({ verb }) => (verb === "watch" ? answerWith("") : undefined),
    "ended after one event": ({ verb }) =>
      verb === "watch"
        ? answerWith(
            line({
              type: "ADDED",
              object: { metadata: { name: "x", namespace: "y", uid: "z", resourceVersion: "9" } },
            }),
          )
        : undefined,
    "410 as an answer": ({ verb }) => (verb === "watch" ? answer(410, "Expired") : undefined),
    "410 as an event": ({ verb }) =>
      verb === "watch"
        ? answerWith(line({ type: "ERROR", object: { kind: "Status", status: "Failure", reason: "Gone", code: 410 } }))
        : undefined,
    "410 of lists too": () => answer(410, "Expired"),
    "500": () => answer(500, "InternalError"),
    "503 with Retry-After": () => answer(503, "ServiceUnavailable", { "retry-after": "1" }),
    "429 with Retry-After": () => answer(429, "TooManyRequests", { "retry-after": "1" }),
    "a version too large": ({ verb }) =>
      verb === "watch"
        ? answerWith(
            JSON.stringify({
              kind: "Status",
              status: "Failure",
              reason: "Timeout",
              code: 504,
              details: { causes: [{ reason: "ResourceVersionTooLarge" }], retryAfterSeconds: 1 },
            }),
            504,
          )
        : undefined,
    "what is no event": ({ verb }) => (verb === "watch" ? answerWith("<html>\n") : undefined),
    "403": () => answer(403, "Forbidden"),
    "404": () => answer(404, "NotFound"),
  };

  test.each(Object.keys(causes))("%s, 1,000 times", async (cause) => {
    const { clock, server, asked, pods } = createGround((request) => causes[cause]?.(request));
    server.put("a");
    const cache = informer(pods);
    while (asked.length < 1000) await clock.advance(10 * minute);
    const perMinute = (from: number, to: number): number[] => {
      const counts: number[] = [];
      for (let at = from; at < to; at += minute)
        counts.push(asked.filter((one) => one.at >= at && one.at < at + minute).length);
      return counts;
    };
    const { at: until } = asked.at(-1) as Asked;
    // A request that is refused and the one that takes its place count as two; the pauses grow to 5 s after a minute and to 30 s later.
    expect(Math.max(...perMinute(0, minute))).toBeLessThanOrEqual(101);
    expect(Math.max(...perMinute(minute, 10 * minute))).toBeLessThanOrEqual(2 * 13);
    expect(Math.max(...perMinute(20 * minute, until))).toBeLessThanOrEqual(2 * 3);
    await cache.close();
    expect(clock.pending).toBe(0);
  });

  test("a server that takes over from another is asked for one watch by each of 50 informers, within a second, apart", async () => {
    const { clock, server, asked, pods } = createGround();
    server.put("a");
    const caches = Array.from({ length: 50 }, (_, nth) => informer(pods, { labelSelector: `nth!=${nth}` }));
    await clock.run(Promise.all(caches.map((cache) => cache.synced())));
    for (const how of ["broken", "ended"]) {
      await clock.advance(2 * minute);
      const before = asked.length;
      const began = clock.now();
      if (how === "broken") {
        server.disconnect();
        server.connect();
      } else server.endWatches();
      await clock.advance(30_000);
      const since = asked.slice(before);
      const kinds = since.map(({ verb, query }) => `${verb} ${query.get("resourceVersion") ?? query.get("limit")}`);
      // One list of one object, for all: whether the server has gone back.
      expect(kinds.toSorted()).toEqual(["list 1", ...Array.from({ length: 50 }, () => `watch ${server.version}`)]);
      const at = since.filter(({ verb }) => verb === "watch").map((one) => one.at - began);
      expect(Math.max(...at)).toBeLessThanOrEqual(1_000);
      for (let from = 0; from < 1_000; from += 100)
        expect(at.filter((ms) => ms >= from && ms < from + 100).length).toBeLessThanOrEqual(20);
    }
    for (const cache of caches) await cache.close();
    expect(clock.pending).toBe(0);
  });
});

describe("a list that should come as a watch", () => {
  const events = (...names: string[]): string =>
    names
      .map((name, nth) => {
        const metadata = { name, namespace: "default", uid: `uid-${nth + 1}`, resourceVersion: String(nth + 2) };
        return `${JSON.stringify({ type: "ADDED", object: { apiVersion: "v1", kind: "Pod", metadata } })}\n`;
      })
      .join("");

  /** A watch that says these lines, and then nothing. */
  function silentAfter({ signal }: ApiRequest, text: string): ApiResponse {
    const body = async function* (): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(text);
      await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));
    };
    return { ...answerWith(""), body: body() };
  }

  const servers: Readonly<Record<string, (request: ApiRequest) => ApiResponse | undefined>> = {
    "from a server that refuses it": () => answer(422, "Invalid"),
    "from one that ignores what it does not know": (request) => silentAfter(request, events("a", "b")),
    "from one that sends nothing": (request) => silentAfter(request, ""),
    "from one that never opens it, in time": () => {
      throw new ConnectionError("Reset: the connection broke");
    },
    "from one whose watch ends before its end": () => answerWith(events("a")),
  };

  test.each(Object.keys(servers))("%s: the right content in some seconds", async (what) => {
    const { clock, server, pods } = createGround((request, nth) =>
      request.query.includes("sendInitialEvents") && nth < 5 ? servers[what]?.(request) : undefined,
    );
    server.put("a");
    server.put("b");
    const cache = informer(pods);
    await clock.run(cache.synced(), 10_000);
    expect(cache.list().map(({ metadata }) => metadata.name)).toEqual(["a", "b"]);
    server.put("c");
    server.delete("a");
    await clock.advance(2_000);
    expect(cache.list().map(({ metadata }) => metadata.name)).toEqual(["b", "c"]);
    await cache.close();
  });

  test("a bookmark that ends initial events, on a watch that did not ask for them, changes nothing", async () => {
    const bookmark = `${JSON.stringify({
      type: "BOOKMARK",
      object: { metadata: { resourceVersion: "3", annotations: { "k8s.io/initial-events-end": "true" } } },
    })}\n`;
    let unasked = 0;
    const { clock, server, asked, pods } = createGround((request) => {
      if (request.verb !== "watch" || request.query.includes("sendInitialEvents") || unasked++ > 0) return undefined;
      return silentAfter(request, bookmark);
    });
    server.put("a");
    server.put("b");
    const cache = informer(pods);
    await clock.run(cache.synced());
    server.endWatches();
    await clock.advance(1_000);
    expect(unasked).toBe(1);
    expect(cache.size).toBe(2);
    expect(cache.health).toMatchObject({ state: "streaming", resourceVersion: "3" });
    expect(asked).toHaveLength(2);
    await cache.close();
  });
});
