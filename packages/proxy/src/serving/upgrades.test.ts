import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { type ApiResponse, createCluster, type MessageSocket, type Transport } from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { afterEach, describe, expect, test } from "vitest";
import { apiRequest, bodyText, until } from "../../../../test/support/api-request.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import {
  type ServerSocket,
  startWebSocketServer,
  type WebSocketServer,
  type WebSocketServerOptions,
} from "../../../../test/support/websocket-server.ts";
import type { ProxyRule } from "../guard/proxy-rule.ts";
import { createProxy, type Proxy } from "./create-proxy.ts";
import type { ProxyOptions } from "./proxy-options.ts";

// The API server is one of WebSockets alone; pages are played by our own transport, which says what it must say.

const exec: ProxyRule = { verbs: ["get"], resources: ["pods/exec", "pods/proxy"] };
const path = "/k8s/api/v1/namespaces/default/pods/a/exec";
const offered = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

interface Relay {
  readonly far: WebSocketServer;
  readonly clock: VirtualClock;
  readonly proxy: Proxy;
  readonly port: number;
  readonly refused: string[];
  ask(changes?: Parameters<typeof apiRequest>[1], at?: string): Promise<ApiResponse>;
  open(changes?: Parameters<typeof apiRequest>[1]): Promise<MessageSocket>;
}

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).toReversed()) await stop();
});

async function relay(server: WebSocketServerOptions = {}, options: Partial<ProxyOptions> = {}): Promise<Relay> {
  const far = await startWebSocketServer(server);
  const transport = createNodeTransport({ server: far.origin });
  const clock = createVirtualClock();
  const cluster = createCluster({ transport, clock, userAgent: "kubewright/1", onWarning() {} });
  const refused: string[] = [];
  const onRefused: ProxyOptions["onRefused"] = ({ status, reason }) => refused.push(`${status} ${reason}`);
  const proxy = createProxy({ cluster, onRefused, allow: [exec], ...options });
  const front: Server = createServer(proxy).on("upgrade", proxy.upgrade);
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const { port } = front.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const page: Transport = createNodeTransport({ server: origin });
  running.push(
    () => far.close(),
    async () => {
      await Promise.all([page.close(), proxy.close(), cluster.close()]);
      front.closeAllConnections();
      front.close();
    },
  );
  const ask: Relay["ask"] = ({ headers, ...changes } = {}, at = path) =>
    page.send(
      apiRequest(at, { upgrade: offered, streaming: true, headers: { origin: [origin], ...headers }, ...changes }),
    );
  const open: Relay["open"] = async (changes) => {
    const { status, socket } = await ask(changes);
    expect(status).toBe(101);
    return socket as MessageSocket;
  };
  return { far, clock, proxy, port, refused, ask, open };
}

async function all(socket: MessageSocket): Promise<Uint8Array[]> {
  const messages: Uint8Array[] = [];
  for await (const message of socket.messages) messages.push(new Uint8Array(message));
  return messages;
}

/** Whether the API server sees that its client has gone. */
const isGone = ({ stream }: ServerSocket): boolean => stream.readableEnded || stream.destroyed;

const status = (code: number, body: string, type = "application/json") =>
  `HTTP/1.1 ${code} No\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe("what is relayed", () => {
  test("the subprotocols, the path and the query; of the page's headers none", async () => {
    const { far, open } = await relay({ choose: ([, second]) => second as string });
    const socket = await open({
      query: "command=a&command=b%26",
      headers: { cookie: ["canary=1"], "user-agent": ["Mozilla/5.0"], "x-remote-user": ["admin"], accept: ["a/b"] },
    });
    expect(socket.protocol).toBe("v4.channel.k8s.io");
    const { headers, url } = far.sockets[0]!.request;
    expect(url).toBe("/api/v1/namespaces/default/pods/a/exec?command=a&command=b%26");
    const { host, "sec-websocket-key": key, ...rest } = headers;
    expect([host, typeof key]).toEqual([new URL(far.origin).host, "string"]);
    expect(rest).toEqual({
      accept: "*/*",
      "accept-encoding": "gzip",
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-protocol": offered.join(", "),
      "user-agent": "kubewright/1",
    });
  });

  test("no subprotocol, where none is offered; text stays text", async () => {
    const kinds: (readonly [boolean, string])[] = [];
    const { far, port } = await relay({
      choose: () => "",
      answer: (lines) => lines.slice(0, -1),
      onSocket: (socket) => socket.frame(1, Buffer.from("héllo")),
    });
    const page = new WebSocket(`ws://127.0.0.1:${port}/k8s/api/v1/namespaces/default/pods/a/proxy/live`, {
      headers: { origin: `http://127.0.0.1:${port}` },
    } as never);
    page.addEventListener("message", ({ data }) => kinds.push([typeof data === "string", String(data)]));
    await once(page, "open");
    await until(() => kinds.length === 1);
    expect(kinds).toEqual([[true, "héllo"]]);
    expect([page.protocol, far.sockets[0]!.request.headers["sec-websocket-protocol"]]).toEqual(["", undefined]);
    page.close();
  });

  test("whole messages both ways, in order, empty ones too", async () => {
    const { far, open } = await relay();
    const socket = await open();
    const sizes = [0, 1, 125, 65_536, 0, 300_000];
    const reading = all(socket);
    for (const size of sizes) far.sockets[0]!.send(new Uint8Array(size).fill(7));
    await Promise.all(sizes.map((size) => socket.send(new Uint8Array(size).fill(9))));
    await until(() => far.sockets[0]!.messages.length === sizes.length);
    expect(far.sockets[0]!.messages.map((one) => new Uint8Array(one))).toEqual(
      sizes.map((size) => new Uint8Array(size).fill(9)),
    );
    far.sockets[0]!.close();
    expect(await reading).toEqual(sizes.map((size) => new Uint8Array(size).fill(7)));
  });

  test.each([1000, 4321])("the code by which the API server closes: %i", async (code) => {
    const { far, open } = await relay();
    const socket = await open();
    far.sockets[0]!.frame(8, Buffer.concat([Buffer.of(code >> 8, code & 255), Buffer.from("why")]));
    far.sockets[0]!.stream.end();
    expect(await all(socket)).toEqual([]);
    expect(await socket.closed).toEqual({ code, reason: "why" });
  });

  test.each([1000, 1001, 4321])("the code by which the page closes: %i", async (code) => {
    const { far, open } = await relay();
    const socket = await open();
    await socket.close({ code, reason: "" });
    await until(() => far.sockets[0]!.closeCode === code);
  });

  test("as whom a page acts", async () => {
    const { far, open } = await relay({}, { identify: () => ({ impersonate: { user: "jane", groups: ["a", "b"] } }) });
    await open();
    const { headers, rawHeaders } = far.sockets[0]!.request;
    expect(headers["impersonate-user"]).toBe("jane");
    expect(rawHeaders.filter((_, at) => rawHeaders[at - 1] === "impersonate-group")).toEqual(["a", "b"]);
  });
});

describe("what is refused", () => {
  test.each<[string, Parameters<Relay["ask"]>[1], number]>([
    ["what no rule names", path.replace("exec", "attach"), 403],
    ["what a rule names but no upgrade leads to", "/k8s/api/v1/namespaces/default/pods/a/log", 400],
    ["a collection", "/k8s/api/v1/namespaces/default/pods", 400],
    ["what is below no resource", "/k8s/version", 400],
    ["what is out of the prefix", "/api/v1/namespaces/default/pods/a/exec", 404],
  ])("%s", async (_, at, code) => {
    const { far, ask } = await relay({}, { allow: [exec, { verbs: ["get", "list"], resources: ["*"] }] });
    expect((await ask({}, at)).status).toBe(code);
    expect(far.sockets).toEqual([]);
  });

  test.each<[string, string, number, string]>([
    ["a Status", status(404, '{"kind":"Status"}'), 404, '{"kind":"Status"}'],
    ["a kubelet's text", status(500, "container not found", "text/plain"), 500, "container not found"],
  ])("by the API server, with %s: the page's program reads it", async (_, refusal, code, text) => {
    const { ask } = await relay({
      refuse: () => refusal,
      onRequest: (_, response) => response.writeHead(code).end(text),
    });
    const upgrade = await ask();
    expect([upgrade.status, await bodyText(upgrade)]).toEqual([code, text]);
    const plain = await ask({ upgrade: undefined });
    expect([plain.status, await bodyText(plain)]).toEqual([code, text]);
  });

  test("more sessions than there may be: 429, until one ends", async () => {
    const { far, open, ask } = await relay({}, { limits: { perIdentity: { sessions: 1 } } });
    const socket = await open();
    expect((await ask()).status).toBe(429);
    await socket.close();
    await until(() => far.sockets[0]!.closeCode === 1000);
    let again = 429;
    for (let tries = 0; again === 429 && tries < 100; tries++) again = (await ask()).status;
    expect(again).toBe(101);
  });
});

describe("the end", () => {
  test("an API server that breaks off: what came, then a code that no server says by itself", async () => {
    const { far, open } = await relay({ onSocket: (socket) => socket.send(1, "last") });
    const socket = await open();
    await until(() => far.sockets.length === 1);
    (far.sockets[0]!.stream as Socket).resetAndDestroy();
    expect((await all(socket)).length).toBeLessThanOrEqual(1);
    expect(await socket.closed).toEqual({ code: 1011, reason: "the connection to the API server broke off" });
  });

  test("a page that breaks off: the API server sees that, and no close frame", async () => {
    const { far, port } = await relay();
    const page = connect(port, "127.0.0.1");
    const head = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port}`];
    head.push("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol: v5.channel.k8s.io"); // prettier-ignore
    page.write(`${head.join("\r\n")}\r\n\r\n`);
    await once(page, "data");
    page.resetAndDestroy();
    await until(() => isGone(far.sockets[0]!));
    expect(far.sockets[0]!.closeCode).toBeUndefined();
  });

  test("a page that leaves before the API server has answered", async () => {
    let asked = false;
    const { port, far } = await relay({ refuse: () => ((asked = true), undefined) });
    expect(far.sockets).toEqual([]);
    const page = connect(port, "127.0.0.1");
    page.on("error", () => {});
    page.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n`); // prettier-ignore
    page.once("ready", () => setTimeout(() => page.destroy(), 1));
    await once(page, "close");
    await until(() => !asked || far.sockets.every(isGone));
  });

  test("of the proxy: pages are told", async () => {
    const { proxy, open, ask } = await relay();
    const socket = await open();
    const [messages] = await Promise.all([all(socket), proxy.close()]);
    expect([messages, await socket.closed]).toEqual([
      [],
      { code: 1001, reason: "the proxy is closing; try again later" },
    ]);
    expect((await ask()).status).toBe(503);
  });

  test("of who a page is: within a minute", async () => {
    let user: string | undefined = "jane";
    const { clock, far, open } = await relay(
      {},
      { identify: () => (user === undefined ? user : { impersonate: { user } }) },
    );
    const socket = await open();
    user = undefined;
    await clock.advance(61_000);
    expect(await all(socket)).toEqual([]);
    expect(await socket.closed).toEqual({ code: 1008, reason: "nobody is signed in; sign in, and try again" });
    await until(() => isGone(far.sockets[0]!));
  });
});

describe("a side that takes nothing", () => {
  const flooding =
    (sent: { bytes: number }) =>
    ({ send, stream }: ServerSocket): void => {
      const more = (): void => {
        for (let room = true; room && sent.bytes < 64 * 1024 * 1024; sent.bytes += 64 * 1024) {
          send(new Uint8Array(64 * 1024));
          room = !stream.writableNeedDrain;
        }
      };
      stream.on("drain", more);
      more();
    };

  test("a page: the API server is held up, and the page is given up after a while", async () => {
    const sent = { bytes: 0 };
    const { clock, far, port } = await relay({ onSocket: flooding(sent) }, { limits: { stallMs: 5000 } });
    const page = connect(port, "127.0.0.1");
    page.on("error", () => {});
    page.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n`); // prettier-ignore
    let before = -1;
    await until(() => sent.bytes > 0 && before === (before = sent.bytes), 10_000);
    expect(sent.bytes).toBeLessThan(32 * 1024 * 1024);
    await clock.advance(5001);
    await until(() => isGone(far.sockets[0]!));
  });

  test("neither, where each waits for the other to take what it sends: all of it comes", async () => {
    const { open } = await relay({
      onMessage({ send, stream }, message) {
        send(Buffer.from(message));
        // As a command that copies its input: it reads on when its output was taken.
        if (!stream.writableNeedDrain) return;
        stream.pause();
        stream.once("drain", () => stream.resume());
      },
    });
    const socket = await open();
    const bytes = 24 * 1024 * 1024;
    const sending = (async () => {
      for (let sent = 0; sent < bytes; sent += 64 * 1024) await socket.send(new Uint8Array(64 * 1024));
    })();
    let come = 0;
    for await (const message of socket.messages) if ((come += message.byteLength) === bytes) break;
    await sending.catch(() => {});
    expect(come).toBe(bytes);
  });

  test("an API server: the page is held up, for as long as that takes", async () => {
    const { clock, far, open } = await relay(
      { onSocket: ({ stream }) => stream.pause() },
      { limits: { stallMs: 5000 } },
    );
    const socket = await open();
    let sent = 0;
    const sending = (async () => {
      for (; sent < 300; sent++) await socket.send(new Uint8Array(64 * 1024));
    })();
    let before = -1;
    await until(() => sent > 0 && before === (before = sent), 10_000);
    expect(sent).toBeLessThan(250);
    await clock.advance(120_000);
    far.sockets[0]!.stream.resume();
    await sending;
    await until(() => far.sockets[0]!.messages.length === 300, 10_000);
  });
});
