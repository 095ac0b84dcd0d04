import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { apiRequest, bodyText, refusal, rejection, until } from "../../../../test/support/api-request.ts";
import {
  startWebSocketServer,
  type WebSocketServer,
  type WebSocketServerOptions,
} from "../../../../test/support/websocket-server.ts";
import { InputError } from "../errors/input-error.ts";
import type { MessageSocket } from "./message-socket.ts";
import type { ApiRequest, Transport } from "./transport.ts";
import { createWebTransport, type WebTransportOptions } from "./web-transport.ts";

// On Node's WebSocket, which refuses what those of browsers refuse. test/browser has Chromium's.

let server: WebSocketServer;
let transport: Transport;

afterEach(async () => {
  vi.unstubAllGlobals();
  await transport.close();
  await server.close();
});

async function start(options: WebSocketServerOptions = {}, changes: Partial<WebTransportOptions> = {}): Promise<void> {
  server = await startWebSocketServer(options);
  transport = createWebTransport({ server: `${server.origin}/k8s`, ...changes });
}

const offered = ["SPDY/3.1+portforward.k8s.io", "v5.channel.k8s.io", "v4.channel.k8s.io"];
const ask = (changes: Partial<ApiRequest> = {}) =>
  transport.send(apiRequest("/exec", { upgrade: offered, replay: "refused", streaming: true, ...changes }));

async function open(changes: Partial<ApiRequest> = {}): Promise<MessageSocket> {
  const { status, socket } = await ask(changes);
  expect(status).toBe(101);
  return socket as MessageSocket;
}

async function all(socket: MessageSocket): Promise<number[][]> {
  const messages: number[][] = [];
  for await (const message of socket.messages) messages.push([...message]);
  return messages;
}

const answer = (status: number, body: string) => (_: unknown, response: ServerResponse) =>
  response.writeHead(status, { "content-type": "application/json" }).end(body);

describe("the handshake", () => {
  test("offers what the platform can offer, in order, below the server's path", async () => {
    await start();
    const socket = await open({ query: "command=a&command=b", headers: { accept: ["*/*"] } });
    const { request } = server.sockets[0]!;
    expect(request.url).toBe("/k8s/exec?command=a&command=b");
    expect(request.headers["sec-websocket-protocol"]?.split(/, ?/)).toEqual(offered.slice(1));
    expect(socket.protocol).toBe("v5.channel.k8s.io");
    expect(socket.ping).toBeUndefined();
  });

  test("a token is a subprotocol, as the API server takes it", async () => {
    await start({}, { token: "s~t>??a" });
    await open();
    const names = server.sockets[0]!.request.headers["sec-websocket-protocol"]!.split(/, ?/);
    expect(names.slice(0, -1)).toEqual(offered.slice(1));
    const [, encoded = ""] = /^base64url\.bearer\.authorization\.k8s\.io\.([\w-]+)$/.exec(names.at(-1)!) ?? [];
    expect(Buffer.from(encoded, "base64url").toString()).toBe("s~t>??a");
  });

  test.each<[Record<string, string[]>, string]>([
    [{ "impersonate-user": ["jane"] }, "impersonate-user"],
    [{ authorization: ["Basic abc"] }, "authorization"],
    [{ "x-any": ["1"] }, "x-any"],
  ])("%j cannot pass: nothing is sent", async (headers, name) => {
    await start();
    expect(await refusal(ask({ headers }))).toContain(`InputError: Invalid header "${name}"`);
    expect(server.sockets).toEqual([]);
  });

  test("no name that can be offered, and a platform without WebSocket, are InputErrors", async () => {
    await start();
    expect(await rejection(ask({ upgrade: offered.slice(0, 1) }))).toBeInstanceOf(InputError);
    vi.stubGlobal("WebSocket", undefined);
    expect(await rejection(ask())).toBeInstanceOf(InputError);
  });

  test("a refusal is what a plain request for the same is told; it bears the same credential", async () => {
    const seen: (string | undefined)[] = [];
    await start(
      {
        refuse: () => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        onRequest(request, response) {
          seen.push(request.url, request.headers.upgrade, request.headers.authorization);
          answer(404, '{"kind":"Status"}')(request, response);
        },
      },
      { token: "mine" },
    );
    const { status, socket, body } = await ask({ query: "a=1" });
    expect([status, socket, await bodyText({ body })]).toEqual([404, undefined, '{"kind":"Status"}']);
    expect(seen).toEqual(["/k8s/exec?a=1", undefined, "Bearer mine"]);
  });

  test("a refusal with 400 keeps its body", async () => {
    await start({ refuse: () => "HTTP/1.1 400 No\r\n\r\n", onRequest: answer(400, "bad container") });
    const { status, body } = await ask();
    expect([status, await bodyText({ body })]).toEqual([400, "bad container"]);
  });

  test("where the plain request is as it should be, an error says what may stand between", async () => {
    await start({
      refuse: () => "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
      onRequest: answer(400, '{"message":"Upgrade request required"}'),
    });
    expect(await refusal(ask())).toMatch(/^ConnectionError: NotUpgraded: .*\/k8s answers, but opened no WebSocket/);
  });

  test("a server that cannot be reached", async () => {
    await start();
    await server.close();
    expect(await refusal(ask())).toMatch(/^ConnectionError: Unreachable/);
    server = await startWebSocketServer();
  });

  test("an abort ends it, and so does close()", async () => {
    await start();
    let asked = 0;
    const silent = createServer((socket) => void socket.once("data", () => asked++));
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    transport = createWebTransport({ server: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    expect(await rejection(ask({ signal: AbortSignal.abort("before") }))).toBe("before");
    const controller = new AbortController();
    const first = rejection(ask({ signal: controller.signal }));
    const second = refusal(ask());
    await until(() => asked === 2);
    controller.abort("mine");
    expect(await first).toBe("mine");
    await transport.close();
    expect(await second).toMatch(/^ConnectionError: Closed/);
    silent.close();
  });
});

describe("messages", () => {
  test("arrive whole and in order, text too; they end with the far end's close", async () => {
    await start({
      onSocket(socket) {
        socket.send(1, "abc");
        socket.frame(1, Buffer.from("é"));
        socket.send(new Uint8Array(70_000).fill(9));
        socket.frame(2, new Uint8Array(0));
        socket.frame(8, Buffer.concat([Buffer.of(4000 >> 8, 4000 & 255), Buffer.from("enough")]));
        socket.stream.end();
      },
    });
    const socket = await open();
    const messages = await all(socket);
    expect(messages.slice(0, 2)).toEqual([
      [1, 97, 98, 99],
      [0xc3, 0xa9],
    ]);
    expect(messages.map(({ length }) => length)).toEqual([4, 2, 70_000, 0]);
    expect(await socket.closed).toEqual({ code: 4000, reason: "enough" });
    expect(await refusal(socket.send(new Uint8Array(1)))).toMatch(/^ConnectionError: Closed/);
  });

  test("are sent whole and in order, also by who does not wait", async () => {
    await start();
    const socket = await open();
    const sizes = [0, 1, 126, 65_536, 100_000];
    await Promise.all(sizes.map((size) => socket.send(new Uint8Array(size).fill(size % 251))));
    const { messages } = server.sockets[0]!;
    await until(() => messages.length === sizes.length);
    expect(messages.map((one) => [one.length, one[0]])).toEqual(sizes.map((size) => [size, size === 0 ? undefined : size % 251])); // prettier-ignore
  });

  test("a sender waits for a far end that takes nothing", async () => {
    await start({ onSocket: ({ stream }) => stream.pause() });
    const socket = await open();
    let sent = 0;
    const sending = (async () => {
      for (; sent < 200; sent++) await socket.send(new Uint8Array(256 * 1024));
    })();
    let before = -1;
    await until(() => sent > 0 && before === (before = sent), 10_000);
    expect(sent).toBeLessThan(100);
    server.sockets[0]!.stream.resume();
    await sending;
    expect(sent).toBe(200);
  });

  test("what nobody reads is held up to 32 MiB, and then told as a LimitError, after what came", async () => {
    await start({
      onSocket: (socket) => {
        for (let count = 0; count < 33; count++) socket.send(new Uint8Array(1024 * 1024).fill(count));
      },
    });
    const socket = await open();
    await socket.closed;
    const messages: number[] = [];
    const reading = (async () => {
      for await (const message of socket.messages) messages.push(message[0]!);
    })();
    expect(await refusal(reading)).toMatch(/^LimitError: TooLarge: what waits unread of a WebSocket .* read it faster/);
    expect(messages).toEqual(Array.from({ length: 31 }, (_, at) => at));
  });
});

describe("the end", () => {
  test("a connection that breaks: what came is read, then the error; senders hear it too", async () => {
    await start({ onSocket: (socket) => socket.send(1, "last") });
    const socket = await open();
    const iterator = socket.messages[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toHaveLength(5);
    (server.sockets[0]!.stream as Socket).resetAndDestroy();
    expect(await refusal(iterator.next() as Promise<unknown>)).toMatch(/^ConnectionError: ConnectionLost: .* ended without a close frame/); // prettier-ignore
    expect(await socket.closed).toEqual({ code: undefined, reason: "" });
    expect(await rejection(socket.send(new Uint8Array(1)))).toMatchObject({ name: "ConnectionError" });
  });

  test.each<[{ code: number | undefined; reason: string } | undefined, number]>([
    [undefined, 1000],
    [{ code: 4001, reason: "mine" }, 4001],
    [{ code: 1001, reason: "" }, 1000],
    [{ code: undefined, reason: "" }, 1000],
  ])("close(%j) tells the far end %i, and can be called again", async (end, code) => {
    await start();
    const socket = await open();
    const reading = all(socket);
    await Promise.all([socket.close(end), socket.close()]);
    expect(await reading).toEqual([]);
    await until(() => server.sockets[0]?.closeCode === code);
  });

  test("a far end that does not listen does not keep it", async () => {
    await start({ onSocket: ({ stream }) => stream.pause() });
    await (await open()).close();
  });

  test("the signal goes on to count, and so does the transport's close()", async () => {
    await start({ onSocket: (socket) => socket.send(1, "unread") });
    const controller = new AbortController();
    const [first, second] = [await open({ signal: controller.signal }), await open()];
    controller.abort("mine");
    expect(await rejection(all(first))).toBe("mine");
    const reading = refusal(all(second));
    await transport.close();
    expect(await reading).toMatch(/^ConnectionError: Closed/);
  });

  test("leaving the messages closes it; so does discarding the answer", async () => {
    await start({ onSocket: (socket) => socket.send(1, "a") });
    const socket = await open();
    for await (const _ of socket.messages) break;
    const response = await ask();
    response.discard();
    await response.socket?.closed;
    await until(() => server.sockets.every(({ closeCode }) => closeCode === 1000));
    await once(server.sockets[1]!.stream, "close").catch(() => undefined);
  });
});
