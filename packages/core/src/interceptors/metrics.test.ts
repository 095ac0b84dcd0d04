import { beforeEach, describe, expect, test, vi } from "vitest";
import { apiRequest, bodyText } from "../../../../test/support/api-request.ts";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { metrics, retryMetrics } from "./metrics.ts";
import { pause } from "../time/pause.ts";
import { rateLimit } from "./rate-limit.ts";
import { retry } from "./retry.ts";

type Seen = [name: string, value: number | undefined, labels: object];
let seen: Seen[];
let clock: VirtualClock;
const sink = {
  count: (name: string, labels: object) => void seen.push([name.replace("rest_client_", ""), undefined, labels]),
  observe: (name: string, value: number, labels: object) =>
    void seen.push([name.replace("rest_client_", ""), value, labels]),
};
const values = (name: string): (number | undefined)[] => seen.filter(([of]) => of === name).map(([, value]) => value);
const host = "host:6443";
const server = `https://${host}/prefix`;
const nodes = { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false } as const;

beforeEach(() => {
  [seen, clock] = [[], createVirtualClock()];
});

test("every request is counted, timed and measured under client-go's names", async () => {
  const cluster = createCluster({
    clock,
    transport: recordingTransport(async (_, index) => {
      await pause(clock, 250);
      if (index === 1) throw new ConnectionError("Refused", { sent: "no" });
      return { json: {} };
    }),
    interceptors: [metrics(sink, server, clock)],
  });
  await clock.run(cluster.version());
  await expect(clock.run(cluster.version())).rejects.toThrow("Refused");
  expect(seen).toEqual([
    ["request_duration_seconds", 0.25, { verb: "GET", host }],
    ["requests_total", undefined, { code: "200", method: "GET", host }],
    ["response_size_bytes", 2, { verb: "GET", host }],
    ["request_duration_seconds", 0.25, { verb: "GET", host }],
    ["requests_total", undefined, { code: "<error>", method: "GET", host }],
  ]);
});

test("a request's body is known in bytes", async () => {
  const cluster = createCluster({ transport: recordingTransport(), interceptors: [metrics(sink, server)] });
  await cluster.request({ method: "POST", path: "/", body: "ä" });
  await cluster.request({ method: "POST", path: "/", body: new Uint8Array(3) });
  expect(values("request_size_bytes")).toEqual([2, 3]);
});

describe("a response's body", () => {
  const answering = (response: Partial<ApiResponse>) =>
    metrics(
      sink,
      server,
    )(async () => ({
      status: 200,
      headers: { get: () => undefined },
      body: chunks(),
      discard: () => {},
      ...response,
    }));
  const ask = (response: Partial<ApiResponse> = {}, streaming = false): Promise<ApiResponse> =>
    answering(response)(apiRequest("/", { replay: "safe", streaming }));
  let left: boolean;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    left = true;
    yield new Uint8Array(2);
    yield new Uint8Array(3);
    left = false;
  }

  test("is known when it was read to its end, once", async () => {
    const { body } = await ask();
    const iterator = body[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    expect(values("response_size_bytes")).toEqual([]);
    await iterator.next();
    await iterator.next();
    expect(values("response_size_bytes")).toEqual([5]);
  });

  test("that is left, broken or let go has no size, and its connection is let go", async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(1);
      } finally {
        ended = true;
      }
    }
    for await (const chunk of (await ask({ body: endless() })).body) if (chunk.length > 0) break;
    expect(ended).toBe(true);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1);
      throw new ConnectionError("Broken", { sent: "maybe" });
    }
    await expect(bodyText(await ask({ body: broken() }))).rejects.toThrow("Broken");
    const discard = vi.fn<() => void>();
    (await ask({ discard })).discard();
    expect(discard).toHaveBeenCalledOnce();
    expect(values("response_size_bytes")).toEqual([]);
  });

  test("leaving does not wait for a chunk that is on its way", async () => {
    const silent = {
      next: () => new Promise<never>(() => {}),
      return: vi.fn<() => Promise<unknown>>(async () => ({})),
    };
    const iterator = (await ask({ body: { [Symbol.asyncIterator]: () => silent as never } })).body[
      Symbol.asyncIterator
    ]();
    void iterator.next();
    await iterator.return?.();
    expect(silent.return).toHaveBeenCalledOnce();
  });

  test("of a watch or a followed log is not measured", async () => {
    await bodyText(await ask({}, true));
    expect(left).toBe(false);
    expect(values("response_size_bytes")).toEqual([]);
  });
});

test("second and later attempts are counted with the code of each", async () => {
  const outcomes = [429, "lost", 429, 200, 200];
  const cluster = createCluster({
    clock,
    transport: recordingTransport((_, index) => {
      const outcome = outcomes[index];
      if (typeof outcome === "string") throw new ConnectionError("Lost", { sent: "maybe" });
      return { status: outcome ?? 0, headers: { "retry-after": "1" }, json: {} };
    }),
    interceptors: [retry(undefined, clock), retryMetrics(sink, server), metrics(sink, server, clock)],
  });
  await clock.run(cluster.request({ path: "/version" }));
  await cluster.request({ path: "/version" });
  const of = (name: string): object[] => seen.filter((each) => each[0] === name).map(([, , labels]) => labels);
  expect(of("request_retries_total")).toEqual(["<error>", "429", "200"].map((code) => ({ code, verb: "GET", host })));
  expect(of("requests_total")).toHaveLength(5);
});

test("the waits of a rate limit are told, those of no length too; watches do not wait", async () => {
  const turns: [string, number][] = [];
  const onTurn = ({ verb }: { verb: string }, seconds: number): void => void turns.push([verb, seconds]);
  const limit = rateLimit({ qps: 1, burst: 1 }, { onTurn, clock });
  const transport = recordingTransport(({ verb }) => ({
    headers: { "content-type": "application/json" },
    body: verb === "watch" ? "" : "{}",
  }));
  const cluster = createCluster({ transport, clock, interceptors: [limit] });
  await cluster.resource(nodes).get("a");
  await clock.run(cluster.resource(nodes).get("b"));
  for await (const event of cluster.resource(nodes).watch()) expect(event).toBeUndefined();
  expect(turns.map(([verb]) => verb)).toEqual(["get", "get"]);
  expect(turns.map(([, seconds]) => seconds)).toEqual([0, 1]);
});
