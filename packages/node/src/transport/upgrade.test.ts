import type { Socket } from "node:net";

import { ConnectionError, InputError, type MessageSocket } from "@kubewright/core";
import { afterEach, describe, expect, test } from "vitest";

import { apiRequest, bodyText, refusal, rejection, until } from "../../../../test/support/api-request.ts";
import {
  startWebSocketServer,
  type WebSocketServer,
  type WebSocketServerOptions,
} from "../../../../test/support/websocket-server.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

let server: WebSocketServer;
let transport: NodeTransport;

afterEach(async () => {
  await transport.close();
  await server.close();
});

async function start(options: WebSocketServerOptions = {}): Promise<void> {
  server = await startWebSocketServer(options);
  transport = createNodeTransport({ server: server.origin });
}

const offered = ["v5.channel.k8s.io", "SPDY/3.1+portforward.k8s.io"];
const ask = (changes = {}) =>
  transport.send(apiRequest("/exec", { upgrade: offered, replay: "refused", streaming: true, ...changes }));

async function open(changes = {}): Promise<MessageSocket> {
  const { status, socket } = await ask(changes);
  expect(status).toBe(101);
  return socket as MessageSocket;
}

async function all(socket: MessageSocket): Promise<number[][]> {
  const messages: number[][] = [];
  for await (const message of socket.messages) messages.push([...message]);
  return messages;
}

describe("the handshake", () => {
  test("offers the subprotocols in order, names with a slash too, and keeps the headers apart", async () => {
    await start({ choose: (names) => names[1] as string });
    const socket = await open({ query: "command=a&command=b", headers: { "impersonate-group": ["a", "b,c"] } });
    const { request } = server.sockets[0]!;
    expect(request.url).toBe("/exec?command=a&command=b");
    expect(request.headers["sec-websocket-protocol"]).toBe(offered.join(", "));
    expect(request.headers["sec-websocket-extensions"]).toBeUndefined();
    const groups = request.rawHeaders.filter((_, at) => request.rawHeaders[at - 1] === "impersonate-group");
    expect(groups).toEqual(["a", "b,c"]);
    expect(socket.protocol).toBe("SPDY/3.1+portforward.k8s.io");
  });

  test("an answer that is no upgrade is an answer, and its connection is closed", async () => {
    await start({ refuse: () => "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno" });
    const { status, socket, body } = await ask();
    expect([status, socket, await bodyText({ body })]).toEqual([403, undefined, "no"]);
    const { status: second, discard } = await ask();
    expect(second).toBe(403);
    discard();
  });

  test.each<[string, (lines: string[]) => string[], string]>([
    ["wrong accept", (l) => l.map((x) => x.replace(/(Accept: ).*/, "$1AAAA")), "its Sec-WebSocket-Accept is wrong"],
    ["no subprotocol", (l) => l.slice(0, -1), "it chose no subprotocol that was offered"],
    [
      "another subprotocol",
      (l) => [...l.slice(0, -1), "Sec-WebSocket-Protocol: v1"],
      "it chose no subprotocol that was offered",
    ],
    [
      "compression",
      (l) => [...l, "Sec-WebSocket-Extensions: permessage-deflate"],
      "it has an extension that was not offered",
    ],
    [
      "another upgrade",
      (l) => l.map((x) => x.replace("Upgrade: websocket", "Upgrade: SPDY/3.1")),
      "it is no upgrade to WebSocket",
    ],
  ])("%s: an error that says so", async (_, answer, problem) => {
    await start({ answer });
    expect(await refusal(ask())).toContain(
      `ConnectionError: BadUpgrade: the answer of ${new URL(server.origin).host} is not a WebSocket's: ${problem}`,
    );
  });

  test("a server that cannot be reached was sent nothing", async () => {
    await start();
    await server.close();
    expect(await rejection(ask())).toMatchObject({ name: "ConnectionError", sent: "no" });
    await start();
  });

  test("an abort ends it, and so does close()", async () => {
    await start({ refuse: () => "" });
    const controller = new AbortController();
    const asking = ask({ signal: controller.signal });
    controller.abort("mine");
    expect(await rejection(asking)).toBe("mine");
    expect(await rejection(ask({ signal: AbortSignal.abort("before") }))).toBe("before");
    const [second] = await Promise.all([rejection(ask()), transport.close()]);
    expect(String(second)).toMatch(/^ConnectionError: Closed/);
    expect(await rejection(ask())).toBeInstanceOf(ConnectionError);
  });

  test("headers of the handshake cannot be given", async () => {
    await start();
    expect(await rejection(ask({ headers: { upgrade: ["h2c"] } }))).toBeInstanceOf(InputError);
  });
});

describe("messages", () => {
  test("arrive whole and in order, text and fragments too; they end with the far end's close", async () => {
    await start({
      onSocket(socket) {
        socket.send(1, "abc");
        socket.frame(1, Buffer.from("text"));
        socket.frame(2, Buffer.of(7), false);
        socket.frame(0, Buffer.of(8));
        socket.send(new Uint8Array(70_000).fill(9));
        socket.close(1000);
      },
    });
    const socket = await open();
    const messages = await all(socket);
    expect(messages.slice(0, 3)).toEqual([[1, 97, 98, 99], [116, 101, 120, 116], [7, 8]]); // prettier-ignore
    expect([messages.length, messages[3]?.length]).toEqual([4, 70_000]);
    expect(await socket.closed).toEqual({ code: 1000, reason: "" });
    await until(() => server.sockets[0]?.closeCode === 1000);
  });

  test("are sent as single masked frames, in order, also by who does not wait", async () => {
    await start();
    const socket = await open();
    const sizes = [0, 1, 125, 126, 65_535, 65_536, 100_000];
    const sending = sizes.map((size) => socket.send(new Uint8Array(size).fill(size % 251)));
    const { messages } = server.sockets[0]!;
    await until(() => messages.length === sizes.length);
    expect(messages.map((one) => [one.length, one[0]])).toEqual(
      sizes.map((size) => [size, size === 0 ? undefined : size % 251]),
    );
    await Promise.all(sending);
    await socket.close();
  });

  test("a sender is paced by pongs", async () => {
    await start({ pongs: false });
    const socket = await open();
    let sent = 0;
    const sending = (async () => {
      for (; sent < 10; sent++) await socket.send(new Uint8Array(64 * 1024));
    })();
    const { messages, pings, pong } = await until(() => server.sockets[0]!.messages.length === 2).then(
      () => server.sockets[0]!,
    );
    expect([messages.length, sent]).toEqual([2, 1]);
    let answered = 0;
    while (sent < 10) {
      await until(() => pings.length > answered || sent === 10);
      if (sent < 10) pong(pings[answered++] as Uint8Array);
    }
    await sending;
    await socket.close();
  });

  test("what nobody reads stays with the far end", async () => {
    let written = 0;
    await start({
      onSocket({ send, stream }) {
        const more = (): void => {
          for (let room = true; room && written < 64 * 1024 * 1024; written += 64 * 1024) {
            send(new Uint8Array(64 * 1024));
            room = !stream.writableNeedDrain;
          }
        };
        stream.on("drain", more);
        more();
      },
    });
    const socket = await open();
    const iterator = socket.messages[Symbol.asyncIterator]();
    await iterator.next();
    let before = -1;
    await until(() => before === (before = written), 5000);
    expect(written).toBeLessThan(32 * 1024 * 1024);
    let size = 64 * 1024;
    while (size < 64 * 1024 * 1024) size += ((await iterator.next()).value as Uint8Array).length;
    await socket.close();
  });

  test("ping() resolves with its pong; pings of the far end are answered", async () => {
    await start();
    const socket = await open();
    await socket.ping?.();
    server.sockets[0]!.frame(9, Buffer.from("there?"));
    await socket.ping?.();
    await socket.close();
    expect(String(await rejection(socket.ping?.() as Promise<void>))).toContain(
      "ConnectionError: Closed: the connection was closed",
    );
  });
});

describe("the end", () => {
  test("a connection that breaks: what came is read, then the error; senders hear it too", async () => {
    await start({ pongs: false, onSocket: (socket) => socket.send(1, "last") });
    const socket = await open();
    const sending = Promise.all(
      [1, 2, 3, 4].map(() =>
        rejection(socket.send(new Uint8Array(100_000)).then(() => Promise.reject(new Error("sent")))),
      ),
    );
    const iterator = socket.messages[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toHaveLength(5);
    server.sockets[0]!.stream.destroy();
    expect(await rejection(iterator.next() as Promise<unknown>)).toMatchObject({ name: "ConnectionError" });
    expect((await sending).map(String).slice(1)).not.toContain("Error: sent");
    expect(await socket.closed).toEqual({ code: undefined, reason: "" });
    expect(await rejection(socket.send(new Uint8Array(1)))).toMatchObject({ name: "ConnectionError" });
  });

  test.each([false, true])(
    "what came before a reset is read, though a write fails first (nobody reads meanwhile: %s)",
    async (slow) => {
      await start({ onSocket: ({ stream }) => stream.pause() });
      const socket = await open();
      await until(() => server.sockets.length === 1);
      const { frame, stream } = server.sockets[0]!;
      const send = (bytes: number): Promise<unknown> =>
        socket.send(new Uint8Array(bytes)).then(
          () => "sent",
          (error: unknown) => error,
        );
      const sending = [1, 2, 3].map(() => send(100_000));
      const iterator = socket.messages[Symbol.asyncIterator]();
      if (slow) {
        // More than waits here: what follows it stays with the operating system.
        frame(2, new Uint8Array(300_000));
        await until(() => stream.writableLength === 0);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      frame(2, Buffer.from("last"));
      await new Promise<void>((resolve) => {
        stream.write("", () => {
          // Both ends are in this process, and nobody has read what came before this write.
          (stream as Socket).resetAndDestroy();
          sending.push(send(10), send(10));
          resolve();
        });
      });
      if (slow) await new Promise((resolve) => setTimeout(resolve, 1500));
      let last: Uint8Array | undefined;
      const reading = (async () => {
        for (;;) last = (await iterator.next()).value as Uint8Array;
      })();
      expect(await rejection(reading)).toMatchObject({ name: "ConnectionError" });
      expect(Buffer.from(last as Uint8Array).toString()).toBe("last");
      expect((await Promise.all(sending)).slice(1)).toEqual(
        Array.from({ length: 4 }, () => expect.any(ConnectionError)),
      );
      await socket.closed;
    },
  );

  test.each<[string, (socket: WebSocketServer["sockets"][number]) => unknown, RegExp]>([
    [
      "no close frame",
      ({ stream }) => stream.end(),
      /^ConnectionError: ConnectionLost: .* ended without a close frame/,
    ],
    [
      "garbage",
      ({ stream }) => stream.write(Buffer.alloc(50, 0x7f)),
      /^ConnectionError: BadFrames: what .* sends is not WebSocket/,
    ],
    ["a masked frame", ({ stream }) => stream.write(Buffer.of(0x82, 0x81, 0, 0, 0, 0, 1)), /BadFrames/],
    [
      "a message that says to be 4 GB",
      ({ stream }) => stream.write(Buffer.of(0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0)),
      /BadFrames.*Max payload size exceeded/,
    ],
  ])("%s: an error", async (_, act, expected) => {
    await start({ onSocket: act });
    const socket = await open();
    expect(await refusal(all(socket))).toMatch(expected);
  });

  test("the signal goes on to count: everything rejects with its reason", async () => {
    await start({ pongs: false, onSocket: (socket) => socket.send(1, "unread") });
    const controller = new AbortController();
    const socket = await open({ signal: controller.signal });
    await until(() => server.sockets.length === 1);
    const sending = [1, 2, 3].map(() => socket.send(new Uint8Array(100_000)));
    controller.abort("mine");
    expect(await rejection(all(socket))).toBe("mine");
    expect((await Promise.allSettled(sending)).at(-1)).toEqual({ status: "rejected", reason: "mine" });
    await socket.closed;
  });

  test("close() tells the far end, ends the messages, and can be called again", async () => {
    await start();
    const socket = await open();
    const reading = all(socket);
    await Promise.all([socket.close(), socket.close()]);
    expect(await reading).toEqual([]);
    expect(server.sockets[0]?.closeCode).toBe(1000);
  });

  test("a far end that does not listen does not keep it", async () => {
    await start({ onSocket: ({ stream }) => stream.pause() });
    const socket = await open();
    await socket.send(new Uint8Array(10));
    await socket.close();
  });

  test("the transport's close() ends all of them", async () => {
    await start();
    const sockets = await Promise.all([open(), open()]);
    const ends = sockets.map((socket) => refusal(all(socket)));
    await transport.close();
    for (const end of await Promise.all(ends)) expect(end).toMatch(/^ConnectionError: Closed/);
  });

  test("leaving the messages closes it; so does discarding the answer", async () => {
    await start({ onSocket: (socket) => socket.send(1, "a") });
    const socket = await open();
    for await (const _ of socket.messages) break;
    await socket.closed;
    const response = await ask();
    response.discard();
    await response.socket?.closed;
  });
});
