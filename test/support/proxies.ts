import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Duplex } from "node:stream";

import type { CertifiedKey } from "./certificates.ts";
import { joinSockets } from "./join-sockets.ts";

export interface ProxyOptions {
  /** Whom the proxy lets through. Default: everybody. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Where a target really is, as `host:port` to `host:port`: a name in it is known to the proxy only. Others are dialled as asked. */
  readonly routes?: Readonly<Record<string, string>>;
}

/** A proxy of a test. */
export interface TestProxy {
  /** `host:port` where it listens. */
  readonly hostPort: string;
  /** Every target that was asked for, in order, also in vain. */
  readonly dials: readonly string[];
  /** Tunnels that are open now. */
  readonly open: number;
  close(): Promise<void>;
}

interface Held {
  readonly dials: string[];
  readonly sockets: Set<Duplex>;
  open: number;
}

/** An HTTP proxy that knows CONNECT only; with `tls` it is reached by https. */
export function startHttpProxy(options: ProxyOptions = {}, tls?: CertifiedKey): Promise<TestProxy> {
  const held: Held = { dials: [], sockets: new Set(), open: 0 };
  const server = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  const expected =
    options.login && `Basic ${Buffer.from(`${options.login.username}:${options.login.password}`).toString("base64")}`;
  server.on("request", (_request, response) => response.writeHead(405).end());
  server.on("connect", (request, socket: Duplex) => {
    const target = request.url ?? "";
    held.dials.push(target);
    socket.on("error", () => {});
    if (expected !== undefined && request.headers["proxy-authorization"] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
      return;
    }
    void relay(socket, routeOf(options, target), held, (connected) => {
      if (connected) socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      else socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
  });
  return listen(server, held, tls === undefined ? "connection" : "secureConnection");
}

/** A SOCKS5 proxy (RFC 1928, 1929) that knows CONNECT only. */
export function startSocksProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const held: Held = { dials: [], sockets: new Set(), open: 0 };
  const server = createServer((socket) => {
    socket.on("error", () => {});
    serveSocks(socket, options, held).catch(() => socket.destroy());
  });
  return listen(server, held, "connection");
}

async function serveSocks(socket: Socket, options: ProxyOptions, held: Held): Promise<void> {
  const [, count = 0] = await take(socket, 2);
  const offered = await take(socket, count);
  const method = options.login === undefined ? 0 : 2;
  if (!offered.includes(method)) {
    socket.end(Buffer.from([5, 0xff]));
    return;
  }
  socket.write(Buffer.from([5, method]));
  if (options.login !== undefined) {
    const username = (await take(socket, (await take(socket, 2))[1] ?? 0)).toString();
    const password = (await take(socket, (await take(socket, 1))[0] ?? 0)).toString();
    const good = username === options.login.username && password === options.login.password;
    if (!good) {
      socket.end(Buffer.from([1, 1]));
      return;
    }
    socket.write(Buffer.from([1, 0]));
  }
  const [, , , type = 0] = await take(socket, 4);
  const host = await takeHost(socket, type);
  const target = `${host}:${(await take(socket, 2)).readUInt16BE()}`;
  held.dials.push(target);
  await relay(socket, routeOf(options, target), held, (connected) => {
    const reply = Buffer.from([5, connected ? 0 : 5, 0, 1, 0, 0, 0, 0, 0, 0]);
    if (connected) socket.write(reply);
    else socket.end(reply);
  });
}

async function takeHost(socket: Socket, type: number): Promise<string> {
  if (type === 1) return [...(await take(socket, 4))].join(".");
  if (type === 3) return (await take(socket, (await take(socket, 1))[0] ?? 0)).toString();
  const bytes = await take(socket, 16);
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname;
}

/** The next bytes of a socket; rejects when it ends before. */
async function take(socket: Socket, bytes: number): Promise<Buffer> {
  if (bytes === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk = socket.read(bytes) as Buffer | null;
    if (chunk?.length === bytes) return chunk;
    if (socket.destroyed || socket.readableEnded) throw new Error("ended");
    await Promise.race([once(socket, "readable"), once(socket, "close")]);
  }
}

function routeOf({ routes = {} }: ProxyOptions, target: string): string {
  return routes[target] ?? target;
}

/** Connects, says how it went, and then carries bytes both ways until one side ends. */
async function relay(client: Duplex, target: string, held: Held, answer: (connected: boolean) => void): Promise<void> {
  const { hostname, port } = new URL(`http://${target}`);
  const upstream = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80), noDelay: true });
  held.sockets.add(upstream);
  upstream.on("close", () => held.sockets.delete(upstream));
  const connected = await new Promise<boolean>((resolve) => {
    upstream.on("connect", () => resolve(true));
    upstream.on("error", () => resolve(false));
  });
  answer(connected);
  if (client.destroyed) upstream.destroy();
  if (!connected || client.destroyed) return;
  held.open += 1;
  upstream.on("close", () => (held.open -= 1));
  joinSockets(client, upstream);
}

async function listen(server: Server, held: Held, event: "connection" | "secureConnection"): Promise<TestProxy> {
  // The raw connection is there before TLS is; both must go.
  for (const name of new Set(["connection", event])) {
    server.on(name, (socket: Duplex) => {
      held.sockets.add(socket);
      socket.on("error", () => {}).on("close", () => held.sockets.delete(socket));
    });
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    hostPort: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    dials: held.dials,
    get open() {
      return held.open;
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of held.sockets) socket.destroy();
      await closed;
    },
  };
}
