import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import type { StatusError } from "../errors/status-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { pause } from "../time/pause.ts";
import type { ApiRequest } from "../transport/transport.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import type { RawRequest } from "../types/raw-request.ts";

function setUp(answer?: Parameters<typeof recordingTransport>[0]) {
  const transport = recordingTransport(answer);
  return { cluster: createCluster({ transport, userAgent: "test" }), requests: transport.requests };
}

test("a raw request is sent as it was given", async () => {
  const { cluster, requests } = setUp();
  const body = new Uint8Array([1, 2]);
  await cluster.request({
    method: "POST",
    path: "/a%20b",
    query: { "p&": ["x y", "ü"], n: 1, b: false },
    headers: { "X-One": "1", many: ["2", "3"] },
    body,
    impersonate: { user: "jane" },
  });
  expect(requests[0]).toMatchObject({
    verb: "post",
    method: "POST",
    path: "/a%20b",
    query: "p%26=x%20y&p%26=%C3%BC&n=1&b=false",
    headers: { "x-one": ["1"], many: ["2", "3"], "impersonate-user": ["jane"] },
    body,
    streaming: false,
  });
});

test("who has retries of their own can say so", async () => {
  const { cluster, requests } = setUp();
  await cluster.request({ path: "/", replay: "never" });
  await cluster.request({ method: "POST", path: "/", replay: "safe" });
  expect(requests.map(({ replay }) => replay)).toEqual(["never", "safe"]);
  await expect(cluster.request({ path: "/", replay: "always" as never })).rejects.toThrow("Invalid replay: ");
});

test("what may go on for hours is sent as a stream", async () => {
  const { cluster, requests } = setUp();
  await cluster.request({ path: "/api/v1/pods", query: { watch: true }, streaming: true });
  expect(requests[0]).toMatchObject({ query: "watch=true", streaming: true });
  await expect(cluster.request({ path: "/", streaming: "yes" as never })).rejects.toThrow("Invalid streaming: ");
});

test.each<[ApiRequest["method"] | undefined, string]>([
  [undefined, "safe"],
  ["HEAD", "safe"],
  ["OPTIONS", "refused"],
  ["POST", "refused"],
  ["DELETE", "refused"],
])("method %s: a second sending is %s", async (method, replay) => {
  const { cluster, requests } = setUp();
  await cluster.request({ path: "/", method });
  expect(requests[0]).toMatchObject({ method: method ?? "GET", replay });
});

test.each<[string, object, string]>([
  ["an unknown option", { path: "/", header: {} }, "header: there is no such option; did you mean headers?"],
  ["an unknown method", { path: "/", method: "get" }, "method: "],
  ...["", "a b", " a", "a ", "a:", "a\n", "\u{e4}"].map((name): [string, object, string] => [
    `a header named ${JSON.stringify(name)}`,
    { path: "/", headers: { [name]: "1" } },
    `header ${JSON.stringify(name)}: it is not a header name`,
  ]),
])("%s is refused", async (_, request, message) => {
  const { cluster, requests } = setUp();
  await expect(cluster.request(request as RawRequest)).rejects.toThrow(message);
  expect(requests).toEqual([]);
});

describe("a status of 300 or more is an error", () => {
  const refused = async (answer: Answer): Promise<StatusError> => {
    const { cluster } = setUp(() => answer);
    return cluster.request({ path: "/readyz" }).then(
      () => expect.fail("it was not refused"),
      (error: StatusError) => error,
    );
  };
  const checks = `[+]ping ok\n${"[+]another ok\n".repeat(2000)}[-]etcd failed: reason withheld\nreadyz check failed\n`;
  test.each<[string, Answer, object]>([
    ["text of any length", { status: 500, headers: { "content-type": "text/plain" }, body: checks }, { body: checks }],
    ["JSON of another API", { status: 400, json: { a: ["b"] } }, { body: '{"a":["b"]}', reason: "BadRequest" }],
    [
      "a Status",
      { status: 404, json: { kind: "Status", apiVersion: "v1", reason: "NotFound", message: "gone" } },
      { body: expect.stringContaining('"gone"'), reason: "NotFound" },
    ],
    ["bytes that are not text", { status: 502, body: new Uint8Array([0x61, 0xff]) }, { body: "a\ufffd" }],
    ["nothing", { status: 503, body: "" }, { body: "" }],
    ["several chunks", { status: 500, body: ["one ", "two"] }, { body: "one two" }],
  ])("with all of its body: %s", async (_, answer, expected) => {
    const error = await refused(answer);
    expect(error).toMatchObject({
      name: "StatusError",
      statusCode: answer.status,
      request: { verb: "get", path: "/readyz" },
      ...expected,
    });
  });

  test("whoever logs it does not log the body", async () => {
    const error = await refused({ status: 500, json: { data: "canary" } });
    expect(error.body).toContain("canary");
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain("canary");
  });

  test("of a typed call, its Status says it all", async () => {
    const { cluster } = setUp(() => ({ status: 500, body: "x" }));
    await expect(cluster.version()).rejects.toSatisfy((error: StatusError) => error.body === undefined);
  });

  test("a body that breaks off hides no status", async () => {
    const transport = recordingTransport();
    const cluster = createCluster({
      transport: {
        ...transport,
        send: async () => ({
          status: 500,
          headers: { get: () => undefined },
          body: (async function* () {
            yield new TextEncoder().encode("half");
            throw new ConnectionError("ConnectionLost: gone");
          })(),
          discard: () => {},
        }),
      },
    });
    const error: unknown = await cluster.request({ path: "/" }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "StatusError", statusCode: 500 });
    expect((error as StatusError).body).toBeUndefined();
  });
});

describe("time", () => {
  let clock: VirtualClock;
  beforeEach(() => void (clock = createVirtualClock()));

  /** Answers whose body comes 100 ms after the headers, unless the request is aborted first. */
  function late() {
    const transport = recordingTransport();
    let discarded = 0;
    const cluster = createCluster({
      clock,
      transport: {
        ...transport,
        send: async (request) => ({
          ...(await transport.send(request)),
          body: (async function* () {
            await pause(clock, 100);
            request.signal?.throwIfAborted();
            yield new TextEncoder().encode("{}");
          })(),
          discard: () => void (discarded += 1),
        }),
      },
    });
    return { cluster, discarded: () => discarded };
  }

  test("bounds the reading of a whole body, but no stream", async () => {
    const { cluster } = late();
    const text = (await cluster.request({ path: "/", timeoutMs: 50 })).text().catch((error: unknown) => error);
    const { body } = await cluster.request({ path: "/", timeoutMs: 50 });
    const first = body[Symbol.asyncIterator]().next();
    await clock.advance(100);
    expect(await text).toMatchObject({ name: "TimeoutError" });
    expect(await first).toMatchObject({ done: false });
  });

  test("is not kept by what has ended: read, let go, or failed", async () => {
    const { signal } = new AbortController();
    const { cluster, discarded } = late();
    const read = (await cluster.request({ path: "/", signal })).json();
    await clock.advance(100);
    expect(await read).toEqual({});
    (await cluster.request({ path: "/", signal })).discard();
    expect(discarded()).toBe(1);
    const failing = createCluster({ clock, transport: recordingTransport(() => ({ status: 500, json: {} })) });
    await expect(failing.request({ path: "/", signal })).rejects.toMatchObject({ statusCode: 500 });
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
