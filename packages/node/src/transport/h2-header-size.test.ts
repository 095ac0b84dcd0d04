import { ConnectionError, LimitError, type ApiRequest } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import {
  frameTypes,
  type RawConnection,
  type RawH2Server,
  startRawH2Server,
} from "../../../../test/support/raw-h2-server.ts";
import { type HandlerServer, startHandlerServer } from "../../../../test/support/handler-server.ts";
import { connect } from "../connect.ts";
import { connectTimeouts } from "../dial/connection.ts";
import { idleTimes } from "./h1-pool.ts";
import { healthTimes } from "./h2-health.ts";
import { createTransport, type NodeTransport } from "./node-transport.ts";

// What nghttp2 takes of a header: a HEADERS frame and eight CONTINUATION frames of 16 KiB, and 64 KiB of one value. The raw server
// does not see paths, so requests are told apart by their order.

const usualTimes = { connect: connectTimeouts, health: { ...healthTimes, tickMs: 50 }, idle: idleTimes };

let authority: TestAuthority;
let pair: CertifiedKey;
let server: RawH2Server;
let transport: NodeTransport;
/** Requests that the server has, oldest first. */
let came: { readonly connection: RawConnection; readonly stream: number }[];

beforeAll(() => {
  authority = createAuthority();
  pair = authority.issue();
});
afterAll(() => authority.remove());
afterEach(async () => {
  await transport.close();
  await server.close();
});

async function start(onRequest?: (connection: RawConnection, stream: number) => void): Promise<void> {
  came = [];
  server = await startRawH2Server(pair, (connection, stream) => {
    came.push({ connection, stream });
    onRequest?.(connection, stream);
  });
  transport = createTransport({ server: server.origin, ca: authority.ca }, usualTimes);
}

const send = (path: string, changes: Partial<ApiRequest> = {}) => transport.send(apiRequest(path, changes));
const ok = (at: number, fields: Record<string, string> = {}): void => {
  const { connection, stream } = came[at]!;
  connection.headers(stream, 200, fields);
  connection.data(stream, "ok", true);
};
const lines = (count: number, bytes: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-${i}`, "{".repeat(bytes)]));
const tooMuch = { "more than nine frames": lines(20, 8000), "a value of more than 64 KiB": lines(1, 65_537) };

describe("a header as large as nghttp2 takes it arrives", () => {
  test.each([
    ["nine frames", lines(18, 8100)],
    ["a value of 64 KiB", lines(1, 65_536)],
    ["more lines than Node takes by itself", lines(1000, 10)],
    ["more bytes than Node takes by itself", lines(10, 9000)],
  ])("%s", async (_, fields) => {
    await start(() => ok(0, fields));
    const response = await send("/x");
    for (const [name, value] of Object.entries(fields)) expect(response.headers.get(name)).toBe(value);
    expect(await bodyText(response)).toBe("ok");
  });
});

describe.each(Object.entries(tooMuch))("%s", (name, fields) => {
  test("is told as that, with the way out; the request is sent once", async () => {
    await start(() => ok(0, fields));
    const error = await rejection(send("/x"));
    if (name === "more than nine frames") expect(error).toMatchObject({ name: "LimitError", limit: 147_456 });
    else expect(error).toMatchObject({ name: "ConnectionError", permanent: true, sent: "maybe" });
    expect(error).toMatchObject({ request: { verb: "get", path: "/x" } });
    expect((error as Error).message).toMatch(
      / larger than (147456|65536) bytes.*; set protocol: "http\/1\.1", which takes 10485760 bytes/,
    );
    expect(came).toHaveLength(1);
  });

  test("fails a write in the same way, for its answer was this one", async () => {
    await start(() => ok(0, fields));
    expect(String(await rejection(send("/x", { method: "POST", body: "{}" })))).toMatch(/larger than .*; set protocol/);
  });

  test("beside other requests: each hears that its connection is lost, and what came of an answer before is read", async () => {
    await start();
    const watch = send("/watch", { streaming: true });
    await until(() => came.length === 1);
    came[0]!.connection.headers(came[0]!.stream, 200);
    came[0]!.connection.data(came[0]!.stream, "event");
    const body = (await watch).body[Symbol.asyncIterator]();
    const all = [rejection(send("/guilty")), rejection(send("/a")), rejection(send("/b", { method: "POST" }))];
    await until(() => came.length === 4);
    ok(1, fields);
    for (const error of await Promise.all(all)) {
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ sent: "maybe", permanent: false });
      expect((error as Error).message).toMatch(/^ConnectionLost: .* to one of 3 requests: .*"http\/1\.1"/);
    }
    expect(Buffer.from((await body.next()).value!).toString()).toBe("event");
    const lost = await rejection(body.next());
    expect(lost).toBeInstanceOf(ConnectionError);
    expect(lost).toMatchObject({ sent: "maybe" });
  });
});

describe("on a server that answers /guilty with too large a header, and everything else a little later", () => {
  let h2: HandlerServer;
  const paths: string[] = [];
  const times = (path: string): number => paths.filter((one) => one === path).length;
  beforeAll(async () => {
    h2 = await startHandlerServer(
      "h2",
      ({ path }, reply) => {
        paths.push(path);
        const guilty = path === "/guilty";
        setTimeout(
          () => {
            reply.head(200, { "content-type": "application/json", ...(guilty ? lines(20, 8000) : {}) });
            reply.end("{}");
          },
          guilty ? 100 : 200,
        );
      },
      pair,
    );
  });
  afterAll(() => h2.close());
  afterEach(() => void (paths.length = 0));

  test("requests that were lost beside it have connections of their own when they are sent again, and harm no other", async () => {
    await start();
    await transport.close();
    transport = createTransport({ server: h2.origin, ca: authority.ca }, usualTimes);
    const first = await Promise.all([rejection(send("/guilty")), rejection(send("/innocent"))]);
    expect(first).toEqual(Array(2).fill(expect.objectContaining({ name: "ConnectionError", sent: "maybe" })));
    for (let i = 0; i < 2; i++) {
      const others = ["/innocent", "/other", "/other"].map(async (path) => bodyText(await send(path)));
      expect(await rejection(send("/guilty"))).toBeInstanceOf(LimitError);
      expect(await Promise.all(others)).toEqual(["{}", "{}", "{}"]);
    }
    // The first one, one for each lost request, one for the others, and later one for the guilty.
    expect(h2.connections()).toBe(5);
  });

  test("a cluster reads again what was lost, and asks for that answer twice", async () => {
    const cluster = await connect({ server: h2.origin, ca: authority.ca });
    try {
      const request = (path: string, method: "GET" | "POST" = "GET") => cluster.request({ path, method });
      await request("/first");
      const reads = Array.from({ length: 10 }, (_, i) => request(`/read-${i}`));
      const guilty = rejection(request("/guilty"));
      const write = rejection(request("/write", "POST"));
      expect(await guilty).toBeInstanceOf(LimitError);
      expect(await write).toMatchObject({ name: "ConnectionError", sent: "maybe" });
      for (const { status } of await Promise.all(reads)) expect(status).toBe(200);
      expect([times("/guilty"), times("/write"), times("/read-0"), times("/read-9")]).toEqual([2, 1, 2, 2]);
    } finally {
      await cluster.close();
    }
  });
});

test("the first frame of such a header is enough", async () => {
  await start();
  const waiting = [rejection(send("/x")), rejection(send("/y"))];
  await until(() => came.length === 2);
  const { connection, stream } = came[0]!;
  // The first of several frames: `:status: 200`, and "x" with a value of 70,000 bytes (RFC 7541, 5.1).
  const block = Buffer.alloc(16 * 1024, "{");
  block.set([0x88, 0, 1, 0x78, 0x7f, 0xf1, 0xa1, 0x04]);
  connection.socket.write(Buffer.concat([Buffer.from([0, 0x40, 0, frameTypes.headers, 0, 0, 0, 0, stream]), block]));
  const message = expect.stringMatching(
    / to one of 2 requests: a value in its header is larger than 65536 bytes/,
  ) as string;
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ name: "ConnectionError", message });
});

test.each([
  ["many lines", Array.from({ length: 3000 }, (_, i) => `group-${i}-{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{`)],
  ["one value", ["{".repeat(150_000)]],
])("a request with large headers is sent: %s", async (_, values) => {
  await start(() => ok(0));
  expect((await send("/x", { headers: { "impersonate-group": values } })).status).toBe(200);
  const { frames } = came[0]!.connection;
  const blocks = frames.filter(({ type }) => type === frameTypes.headers || type === frameTypes.continuation);
  expect(blocks.reduce((sum, { payload }) => sum + payload.length, 0)).toBeGreaterThan(100_000);
});
