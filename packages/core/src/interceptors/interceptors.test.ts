import { getEventListeners } from "node:events";
import { beforeEach, describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import { impersonate } from "./impersonate.ts";
import type { Interceptor } from "./interceptor.ts";
import { rateLimit } from "./rate-limit.ts";
import { parseWarnings } from "./warnings.ts";

describe("the order of interceptors", () => {
  test("the first interceptor is the outermost", async () => {
    const seen: string[] = [];
    const say =
      (name: string): Interceptor =>
      (next) =>
      async (request) => {
        seen.push(`${name} in`);
        const response = await next(request);
        seen.push(`${name} out`);
        return response;
      };
    const cluster = createCluster({ transport: recordingTransport(), interceptors: [say("a"), say("b")] });
    await cluster.version();
    expect(seen).toEqual(["a in", "b in", "b out", "a out"]);
  });
});

describe("impersonation", () => {
  const impersonation = { user: "jane", groups: ["dev", "ops"], uid: "7", extra: { "example.com/Scope": ["a", "b"] } };
  const headers = {
    "impersonate-user": ["jane"],
    "impersonate-group": ["dev", "ops"],
    "impersonate-uid": ["7"],
    "impersonate-extra-example.com%2f%53cope": ["a", "b"],
  };

  test("is of the connection or the call, and of the call alone when both speak", async () => {
    const transport = recordingTransport();
    await createCluster({ transport, interceptors: [impersonate(impersonation)] }).version();
    await createCluster({ transport }).version({ impersonate: impersonation });
    await createCluster({ transport, interceptors: [impersonate(impersonation)] }).version({
      impersonate: { user: "joe" },
    });
    expect(transport.requests.map(({ path }) => path)).toEqual(["/version", "/version", "/version"]);
    const [byConnection, byCall, both] = transport.requests.map(({ headers }) => headers);
    expect(byConnection).toMatchObject(headers);
    expect(byCall).toMatchObject(headers);
    expect(Object.keys(both ?? {}).filter((name) => name.startsWith("impersonate"))).toEqual(["impersonate-user"]);
  });

  test.each([
    { user: "" },
    { user: "a\r\nx-remote-user: root" },
    { user: "a", groups: ["b\n"] },
    { user: "a\ud800" },
    { user: "a", uid: "\t" },
    { user: "root " },
  ])("refuses %j", (bad) => {
    expect(() => impersonate(bad)).toThrow(InputError);
  });
});

describe("warnings", () => {
  test("reach the handler once per text", async () => {
    const texts: string[] = [];
    const warning = '299 - "v1 ComponentStatus is deprecated in v1.19+", 299 - "say \\"hi\\""';
    const cluster = createCluster({
      transport: recordingTransport(() => ({ json: {}, headers: { warning } })),
      onWarning: (text) => texts.push(text),
    });
    await cluster.version();
    await cluster.version();
    expect(texts).toEqual(["v1 ComponentStatus is deprecated in v1.19+", 'say "hi"']);
  });

  test("a server that makes up ever new texts fills no memory, and none of them is lost", async () => {
    const texts: string[] = [];
    const cluster = createCluster({
      transport: recordingTransport((_, index) => ({ json: {}, headers: { warning: `299 - "${index >> 1}"` } })),
      onWarning: (text) => texts.push(text),
    });
    for (let i = 0; i < 2004; i++) await cluster.version();
    expect(texts.slice(0, 2)).toEqual(["0", "1"]);
    expect(texts.slice(998)).toEqual(["998", "999", "1000", "1000", "1001", "1001"]);
  });

  test.each([
    ['299 - "a" "Wed, 21 Oct 2015 07:28:00 GMT", 299 - "b"', ["a", "b"]],
    ['299 agent:8080 "a, with comma"', ["a, with comma"]],
    ['199 - "other code"', []],
    ['299 - "unended', ["unended"]],
    ['299 - "", 299 - "b"', ["b"]],
    ["", []],
    ['"', []],
  ])("parses %s", (header, texts) => {
    expect(parseWarnings(header)).toEqual(texts);
  });
});

describe("rate limit", () => {
  let clock: VirtualClock;
  beforeEach(() => void (clock = createVirtualClock()));

  const node = { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false } as const;

  test("a burst at once, then qps per second, in order; watches pass", async () => {
    const transport = recordingTransport();
    const cluster = createCluster({ transport, clock, interceptors: [rateLimit({ qps: 10, burst: 3 }, { clock })] });
    const nodes = cluster.resource(node);
    const calls = Array.from({ length: 6 }, (_, i) => nodes.get(`n${i}`));
    await clock.settle();
    expect(transport.requests).toHaveLength(3);
    await clock.advance(101);
    expect(transport.requests).toHaveLength(4);
    await clock.advance(200);
    await Promise.all(calls);
    expect(transport.requests.map(({ path }) => path.slice(-2))).toEqual(["n0", "n1", "n2", "n3", "n4", "n5"]);
    const watches = Array.from({ length: 5 }, () => nodes.watch()[Symbol.asyncIterator]().next());
    await Promise.allSettled(watches);
    expect(transport.requests).toHaveLength(11);
  });

  /** How many requests have gone out when `calls` are made at once, and the milliseconds of `steps` later. */
  async function sentAfter(limit: Interceptor, calls: number, ...steps: readonly number[]): Promise<number[]> {
    const transport = recordingTransport();
    const nodes = createCluster({ transport, clock, interceptors: [limit] }).resource(node);
    for (let i = 0; i < calls; i++) void nodes.get("n");
    const sent: number[] = [];
    for (const step of [0, ...steps]) {
      await clock.advance(step);
      sent.push(transport.requests.length);
    }
    return sent;
  }

  test("a burst is as large as qps by default, and a long quiet time makes it no larger", async () => {
    const limit = rateLimit({ qps: 2.5 }, { clock });
    expect(await sentAfter(limit, 5, 400, 400)).toEqual([3, 4, 5]);
    await clock.advance(60_000);
    expect(await sentAfter(limit, 5, 400, 400)).toEqual([3, 4, 5]);
  });

  test("who is aborted while waiting takes no turn, and leaves nothing behind", async () => {
    const transport = recordingTransport();
    const limit = rateLimit({ qps: 1, burst: 1 }, { clock });
    const nodes = createCluster({ transport, clock, interceptors: [limit] }).resource(node);
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error("enough");
    await nodes.get("n", { signal });
    const aborted = nodes.get("n", { signal }).catch((error: unknown) => error);
    await clock.advance(10);
    controller.abort(reason);
    expect(await aborted).toBe(reason);
    expect(await sentAfter(limit, 1, 980, 20)).toEqual([0, 0, 1]);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test.each([{ qps: 0 }, { qps: -1 }, { qps: Infinity }, { qps: Number.NaN }, { qps: 5, burst: 0 }])(
    "refuses %j",
    (bad) => {
      expect(() => rateLimit(bad)).toThrow(InputError);
    },
  );
});
