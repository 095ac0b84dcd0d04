import { getEventListeners } from "node:events";
import { beforeEach, describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { pause } from "../time/pause.ts";
import type { ApiRequest, ApiResponse } from "../transport/transport.ts";
import type { KubernetesObject } from "../types/object.ts";
import { createCluster } from "../cluster/create-cluster.ts";

const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w", resourceVersion: "7" } };

type Body = (request: ApiRequest, index: number) => ApiResponse["body"];

let clock: VirtualClock;
// Far from what the platform says, so that a moment of one is never taken for a moment of the other.
beforeEach(() => void (clock = createVirtualClock({ now: 1e9 })));

/** A cluster whose answers have the bodies that a test makes. */
function setUp(body: Body, headers: object = {}) {
  const transport = recordingTransport(() => ({ json: widget, headers: { ...headers } }));
  const cluster = createCluster({
    clock,
    transport: {
      ...transport,
      send: async (request) => {
        const response = await transport.send(request);
        return { ...response, body: body(request, transport.requests.length - 1) };
      },
    },
    namespace: "home",
    userAgent: "test",
  });
  return { cluster, widgets: cluster.resource<KubernetesObject>(descriptor).in(), requests: transport.requests };
}

const first = <T>(stream: AsyncIterable<T>): Promise<IteratorResult<T>> => stream[Symbol.asyncIterator]().next();

async function* bytes(...parts: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield new TextEncoder().encode(part);
  }
}

describe("a body that breaks off", () => {
  const lost = new ConnectionError("Disconnected", { sent: "maybe" });
  const broken =
    (times: number): Body =>
    (_, index) =>
      index < times ? bytes('{"kind":', lost) : bytes(JSON.stringify(widget));

  test("of a read is read again, twice at most", async () => {
    const twice = setUp(broken(2));
    expect(await clock.run(twice.widgets.get("w"))).toEqual(widget);
    expect(twice.requests).toHaveLength(3);
    const often = setUp(broken(9));
    await expect(clock.run(often.widgets.get("w"))).rejects.toBe(lost);
    expect(often.requests).toHaveLength(3);
  });

  test("is not read again when the call's time would be up before", async () => {
    const { widgets, requests } = setUp(broken(1));
    await expect(clock.run(widgets.get("w", { timeoutMs: 49 }))).rejects.toBe(lost);
    expect([requests.length, clock.now(), clock.pending]).toEqual([1, 1e9, 0]);
  });

  test("of a write is an error: the server may have done it", async () => {
    const { widgets, requests } = setUp(broken(9));
    await expect(widgets.create({ metadata: { name: "w" } })).rejects.toBe(lost);
    expect(requests).toHaveLength(1);
  });

  test("is not one that is not JSON", async () => {
    const { widgets, requests } = setUp(() => bytes("{"));
    await expect(widgets.get("w")).rejects.toMatchObject({ name: "DecodeError" });
    expect(requests).toHaveLength(1);
  });
});

describe("time", () => {
  /** A body whose only part comes after `ms`, unless the request is aborted first. */
  const late =
    (ms: number, text: string): Body =>
    ({ signal }) =>
      (async function* () {
        await pause(clock, ms);
        signal?.throwIfAborted();
        yield* bytes(text);
      })();

  test("timeoutMs bounds a call with its body, but a watch and a log only until their headers", async () => {
    const event = `${JSON.stringify({ type: "ADDED", object: widget })}\n`;
    const pods = setUp(late(100, "line\n")).cluster.resource({
      ...descriptor,
      subresources: { log: { group: "", version: "v1", kind: "Pod", verbs: ["get"] } },
    }) as unknown as { in(): { log(name: string, options: object): AsyncIterable<string> } };
    const options = { timeoutMs: 50 };
    const got = setUp(late(100, JSON.stringify(widget)))
      .widgets.get("w", options)
      .catch((error: unknown) => error);
    const watched = first(setUp(late(100, event)).widgets.watch(options));
    const logged = first(pods.in().log("w", options));
    await clock.advance(100);
    expect(await got).toMatchObject({ name: "TimeoutError", timeoutMs: 50 });
    expect(await watched).toMatchObject({ value: { type: "ADDED" } });
    expect(await logged).toEqual({ done: false, value: "line" });
  });

  test("a bound of weeks is none within hours, Infinity is none at all; without timeoutMs it is a minute", async () => {
    const { widgets } = setUp(async function* ({ signal }) {
      yield* bytes("{");
      await new Promise((_, reject) => signal?.addEventListener("abort", reject));
    });
    let ended = 0;
    const end = (): unknown => (ended += 1);
    void widgets.get("w", { timeoutMs: 2 ** 31 }).then(end, end);
    void widgets.get("w", { timeoutMs: Infinity }).then(end, end);
    await clock.advance(3_600_000);
    expect(ended).toBe(0);
    void widgets.get("w").then(end, end);
    await clock.advance(59_999);
    expect(ended).toBe(0);
    await clock.advance(1);
    expect(ended).toBe(1);
  });
});

test("however a call ends, it leaves no timer and no listener", async () => {
  const { signal } = new AbortController();
  const event = `${JSON.stringify({ type: "ADDED", object: widget })}\n`;
  const { widgets } = setUp(() => bytes(JSON.stringify(widget)));
  const failing = setUp(() => bytes(new Error("broken"))).widgets;
  const watching = setUp(() => bytes(event, event)).widgets;
  await widgets.get("w", { signal });
  await widgets.modify("w", (object) => ({ ...object, spec: {} }), { signal });
  await expect(failing.get("w", { signal })).rejects.toThrow("broken");
  await expect(failing.modify("w", () => {}, { signal })).rejects.toThrow("broken");
  for await (const { type } of watching.watch({ signal })) expect(type).toBe("ADDED");
  for await (const _ of watching.watch({ signal })) break;
  await expect(first(failing.watch({ signal }))).rejects.toThrow("broken");
  const refusing = createCluster({ clock, transport: recordingTransport(() => ({ status: 404, body: "" })) });
  await expect(first(refusing.resource(descriptor).watch({ signal }))).rejects.toMatchObject({ statusCode: 404 });
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(clock.pending).toBe(0);
});

test("calls are marked as such, streams as streams; each goes as whom it says", async () => {
  const { widgets, requests } = setUp(() => bytes(JSON.stringify(widget)));
  const options = { impersonate: { user: "jane" } };
  await widgets.get("w", options);
  await widgets.modify("w", (object) => ({ ...object, spec: {} }), options);
  await first(widgets.watch(options)).catch(() => {});
  expect(requests.map(({ verb, streaming, headers }) => [verb, streaming, headers["impersonate-user"]])).toEqual([
    ["get", false, ["jane"]],
    ["get", false, ["jane"]],
    ["update", false, ["jane"]],
    ["watch", true, ["jane"]],
  ]);
});
