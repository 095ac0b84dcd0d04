import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, beforeEach, expect, test } from "vitest";

import { until } from "../support/api-request.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import type { FaultProxy } from "../support/fault-proxy.ts";

/** A server that answers each byte with itself, after a greeting. */
async function startEcho(
  greeting: string,
): Promise<{ readonly url: string; readonly sockets: Set<Socket>; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.write(greeting);
    socket.on("data", (bytes) => socket.write(bytes)).on("end", () => socket.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    close: () => void server.close(),
  };
}

interface Client {
  readonly socket: Socket;
  text: string;
  readonly chunks: number[];
  ended: boolean;
  error: string | undefined;
}

let echo: Awaited<ReturnType<typeof startEcho>>;
let proxy: FaultProxy;
const clients: Client[] = [];

beforeEach(async () => {
  echo = await startEcho("a:");
  proxy = await startFaultProxy(echo.url);
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  await proxy.close();
  await until(() => echo.sockets.size === 0);
  echo.close();
});

function dial(): Client {
  const socket = connect({
    host: "127.0.0.1",
    port: Number(new URL(proxy.url).port),
    allowHalfOpen: true,
    noDelay: true,
  });
  const client: Client = { socket, text: "", chunks: [], ended: false, error: undefined };
  socket.on("data", (bytes) => {
    client.text += bytes;
    client.chunks.push(bytes.length);
  });
  socket.on("end", () => (client.ended = true));
  socket.on("error", (error: NodeJS.ErrnoException) => (client.error = error.code));
  clients.push(client);
  return client;
}

test("bytes pass, connections are counted", async () => {
  const [one, other] = [dial(), dial()];
  one.socket.write("x".repeat(500_000));
  await until(() => one.text.length === 500_002 && other.text === "a:");
  expect([proxy.accepted, proxy.open]).toEqual([2, 2]);
  one.socket.end();
  await until(() => one.ended && proxy.open === 1);
});

test("a black hole keeps connections, old and new, and nothing passes until it is healed", async () => {
  const one = dial();
  await until(() => one.text === "a:");
  proxy.blackHole();
  one.socket.write("hello");
  const other = dial();
  await once(other.socket, "connect");
  await sleep(100);
  expect([one.text, other.text, one.ended, one.error]).toEqual(["a:", "", false, undefined]);
  await proxy.heal();
  await until(() => one.text === "a:hello" && other.text === "a:");
});

test("what is swallowed is lost, and the connection stays; new ones are well", async () => {
  const one = dial();
  await until(() => one.text === "a:");
  proxy.swallow();
  one.socket.write("hello");
  const two = dial();
  two.socket.write("x");
  await until(() => two.text === "a:x");
  for (const socket of echo.sockets) socket.end("bye");
  await until(() => two.ended && two.text === "a:xbye");
  await proxy.heal();
  await sleep(50);
  expect([one.text, one.ended, one.error, proxy.open]).toEqual(["a:", false, undefined, 2]);
  one.socket.destroy();
  two.socket.destroy();
  await until(() => proxy.open === 0);
});

test("reset, fin and half close end connections as they say", async () => {
  const one = dial();
  await until(() => one.text === "a:");
  proxy.reset();
  await until(() => one.error === "ECONNRESET" && echo.sockets.size === 0);
  const two = dial();
  await until(() => two.text === "a:");
  proxy.fin();
  await until(() => two.ended && two.error === undefined && echo.sockets.size === 0);
  const three = dial();
  await until(() => three.text === "a:");
  proxy.halfClose();
  await until(() => three.ended);
  let heard = "";
  for (const socket of echo.sockets) socket.on("data", (bytes) => (heard += bytes));
  three.socket.write("still here");
  await until(() => heard === "still here");
  expect(three.text).toBe("a:");
});

test("connections are refused, and then taken at the same port", async () => {
  const one = dial();
  await until(() => one.text === "a:");
  await proxy.refuse();
  const two = dial();
  await until(() => two.error === "ECONNREFUSED");
  one.socket.write("x");
  await until(() => one.text === "a:x");
  await proxy.heal();
  const three = dial();
  await until(() => three.text === "a:");
});

test("delay, slices, rate and truncation shape the bytes", async () => {
  const one = dial();
  await until(() => one.text === "a:");
  proxy.shape({ delayMs: 100, jitterMs: 20 });
  const began = performance.now();
  one.socket.write("1");
  await sleep(10);
  one.socket.write("2");
  await until(() => one.text === "a:12");
  expect(performance.now() - began).toBeGreaterThan(190);
  proxy.shape({ sliceBytes: 3 });
  one.chunks.length = 0;
  one.socket.write("x".repeat(20));
  await until(() => one.text.length === 24);
  expect(one.chunks.length).toBeGreaterThan(4);
  proxy.shape({ bytesPerSecond: 100 });
  const slow = performance.now();
  one.socket.write("y".repeat(20));
  await until(() => one.text.length === 44);
  expect(performance.now() - slow).toBeGreaterThan(190);
  proxy.shape({ truncateAfterBytes: 4 });
  const two = dial();
  two.socket.write("hello");
  await until(() => two.ended);
  expect(two.text).toBe("a:he");
});

test("new connections can lead to another server", async () => {
  const other = await startEcho("b:");
  const one = dial();
  await until(() => one.text === "a:");
  proxy.switchTo(other.url);
  const two = dial();
  await until(() => two.text === "b:");
  one.socket.write("x");
  await until(() => one.text === "a:x");
  two.socket.destroy();
  other.close();
});
