import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";

import type { MessageSocket } from "@kubewright/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { apiRequest, refusal, rejection, until } from "../../../../test/support/api-request.ts";
import { createNodeTransport, type NodeTransport } from "../transport/node-transport.ts";
import { acceptUpgrade, readUpgrade } from "./accept-upgrade.ts";

const offered = ["v5.channel.k8s.io", "SPDY/3.1+portforward.k8s.io"];

let server: Server;
let transport: NodeTransport;
let ends: MessageSocket[];
let ending: AbortController;
const streams = new Set<Duplex>();

beforeEach(async () => {
  ends = [];
  ending = new AbortController();
  server = createServer((_, response) => response.end());
  server.on("connection", (stream: Duplex) => streams.add(stream));
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const offer = readUpgrade((name) => request.headers[name] as string | undefined);
    const protocol = offer.offered.at(-1) ?? "";
    ends.push(acceptUpgrade(offer, { stream, head, protocol, signal: ending.signal, headers: { "x-mine": "1" } }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  transport = createNodeTransport({ server: `http://127.0.0.1:${port()}` });
});

afterEach(async () => {
  await transport.close();
  const closed = once(server, "close");
  server.close();
  for (const stream of streams) stream.destroy();
  streams.clear();
  await closed;
});

const port = (): number => (server.address() as AddressInfo).port;

/** Both ends of one connection. */
async function pair(): Promise<{ client: MessageSocket; far: MessageSocket }> {
  const request = apiRequest("/exec", { upgrade: offered, replay: "refused", streaming: true });
  const { socket, headers } = await transport.send(request);
  expect(headers.get("x-mine")).toBe("1");
  await until(() => ends.length > 0);
  return { client: socket!, far: ends.at(-1)! };
}

/** A client of bytes, which reads nothing unless it is told to. */
async function raw(...lines: readonly string[]): Promise<Socket> {
  const socket = connect(port(), "127.0.0.1");
  const key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
  const head = ["GET / HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", key]; // prettier-ignore
  socket.write(`${[...head, ...lines].join("\r\n")}\r\n\r\n`);
  socket.on("error", () => {});
  await until(() => ends.length > 0);
  return socket;
}

async function all(socket: MessageSocket): Promise<Uint8Array[]> {
  const messages: Uint8Array[] = [];
  for await (const message of socket.messages) messages.push(message);
  return messages;
}

describe("both ends", () => {
  test("have the subprotocol that was chosen, and bring each other whole messages, empty ones too", async () => {
    const { client, far } = await pair();
    expect([client.protocol, far.protocol]).toEqual([offered[1], offered[1]]);
    const sizes = [0, 1, 125, 126, 65_535, 65_536, 300_000, 0];
    for (const [from, to] of [
      [client, far],
      [far, client],
    ] as const) {
      const sending = sizes.map((size) => from.send(new Uint8Array(size).fill(7)));
      const messages = to.messages[Symbol.asyncIterator]();
      for (const size of sizes)
        expect(new Uint8Array((await messages.next()).value as Uint8Array)).toEqual(new Uint8Array(size).fill(7));
      await Promise.all(sending);
    }
    await client.close();
  });

  test.each<[number | undefined, string]>([
    [1000, ""],
    [undefined, ""],
    [4321, "because"],
  ])("tell how they close: %s %j", async (code, reason) => {
    for (const by of ["client", "far"] as const) {
      const { [by]: from, [by === "far" ? "client" : "far"]: to } = await pair();
      const reading = all(to);
      await from.close({ code, reason });
      expect(await reading).toEqual([]);
      expect(await to.closed).toEqual({ code, reason });
    }
  });

  test("answer each other's pings", async () => {
    const { client, far } = await pair();
    await Promise.all([client.ping?.(), far.ping?.()]);
    await far.close();
  });

  test("abort: the client sees a connection that broke, the caller its own reason", async () => {
    const { client, far } = await pair();
    const reading = refusal(all(client));
    ending.abort("mine");
    expect(await rejection(all(far))).toBe("mine");
    expect(await reading).toMatch(/^ConnectionError: ConnectionLost/);
  });
});

test("WebSocket of the platform is served, with text and without a subprotocol", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port()}`);
  socket.binaryType = "arraybuffer";
  const messages: unknown[] = [];
  socket.addEventListener("message", ({ data }) => messages.push([...new Uint8Array(data as ArrayBuffer)]));
  await once(socket, "open");
  const [far] = ends;
  expect([socket.protocol, far!.protocol]).toEqual(["", ""]);
  socket.send("é");
  await far!.send(Uint8Array.of(1, 2));
  const { value } = await far!.messages[Symbol.asyncIterator]().next();
  expect(new TextDecoder().decode(value as Uint8Array)).toBe("é");
  await until(() => messages.length > 0);
  expect(messages).toEqual([[1, 2]]);
  const closed = once(socket, "close");
  await far!.close({ code: 4000, reason: "enough" });
  expect((await closed)[0]).toMatchObject({ code: 4000, reason: "enough", wasClean: true });
});

describe("a client that", () => {
  test("takes nothing stops its sender", async () => {
    const client = await raw();
    const [far] = ends;
    let sent = 0;
    const sending = (async () => {
      for (;;) {
        await far!.send(new Uint8Array(100_000));
        sent += 100_000;
      }
    })();
    let before = -1;
    await until(() => before === (before = sent) && sent > 0);
    // Some of it is in the connection's own buffers.
    expect(sent).toBeLessThan(16 * 1024 * 1024);
    client.destroy();
    expect(await rejection(sending)).toMatchObject({ name: "ConnectionError" });
  });

  test("sends without end what nobody pulls is not read, however small its messages", async () => {
    const client = await raw();
    const [far] = streams;
    const read = (): number => (far as Socket).bytesRead;
    for (const frame of [
      [0x82, 0x80, 0, 0, 0, 0],
      [0x82, 0x81, 0, 0, 0, 0, 7],
    ])
      client.write(Buffer.concat(Array.from({ length: 500_000 }, () => Buffer.from(frame))));
    await until(() => read() > 1000);
    let before = -1;
    await until(() => before === (before = read()), 5000);
    expect(read()).toBeLessThan(1024 * 1024);
    client.destroy();
  });

  test.each<[string, readonly number[]]>([
    ["a frame without a mask", [0x82, 1, 7]],
    ["a frame that says to be compressed", [0xc2, 0x81, 0, 0, 0, 0, 7]],
    ["a message of 4 GB", [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]],
    ["an unknown opcode", [0x83, 0x80, 0, 0, 0, 0]],
    ["a ping of 126 bytes", [0x89, 0xfe, 0, 126, 0, 0, 0, 0]],
  ])("sends %s is broken off", async (_, bytes) => {
    const client = await raw();
    client.resume();
    const closed = once(client, "close");
    client.write(Buffer.from(bytes));
    expect(await refusal(all(ends[0]!))).toMatch(/^ConnectionError: BadFrames: what the client sends is not WebSocket/);
    await closed;
  });
});

describe("readUpgrade", () => {
  const good: Readonly<Record<string, string>> = {
    upgrade: "WebSocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "sec-websocket-protocol": "a , b/1+c,d",
  };
  const read = (changes: Readonly<Record<string, string | undefined>>) => () =>
    readUpgrade((name) => ({ ...good, ...changes })[name]);

  test("gives the names in order", () => {
    expect(read({})().offered).toEqual(["a", "b/1+c", "d"]);
    expect(read({ "sec-websocket-protocol": undefined })().offered).toEqual([]);
  });

  test.each<[Readonly<Record<string, string | undefined>>, RegExp]>([
    [{ upgrade: "SPDY/3.1" }, /upgrade/],
    [{ upgrade: undefined }, /upgrade/],
    [{ "sec-websocket-version": "8" }, /version/],
    [{ "sec-websocket-key": "AAAA" }, /key/],
    [{ "sec-websocket-key": undefined }, /key/],
    [{ "sec-websocket-protocol": "a,,b" }, /protocol/],
    [{ "sec-websocket-protocol": "a,b,a" }, /protocol/],
    [{ "sec-websocket-protocol": "a b" }, /protocol/],
    [{ "sec-websocket-protocol": "a\r\nb" }, /protocol/],
  ])("%j: refused", (changes, problem) => {
    expect(read(changes)).toThrow(problem);
  });
});
