import { once } from "node:events";
import type { Server as HttpServer, ServerResponse } from "node:http";
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type Http2Session,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { BrokenConnection } from "../exchange/broken-connection.ts";
import { mostBodyBytes, type Serve, type ServerAnswer } from "../exchange/exchange.ts";
import { answerUpgrade } from "./answer-upgrade.ts";
import type { Certificate } from "./certificate.ts";
import { headersOf } from "./headers-of.ts";

/** A server that listens. */
export interface Listener {
  /** Such as `https://127.0.0.1:40123`. */
  readonly url: string;
  /** Takes no more connections, lets answers under way come to their end for a moment, and ends every connection. */
  close(): Promise<void>;
}

/** Of one HTTP/2 connection, as with the real server (k8s.io/apiserver/pkg/server/secure_serving.go). */
const maxConcurrentStreams = 100;

/** How long answers under way may take when a server closes, in milliseconds. */
const graceMs = 1000;

/** Serves on a port of the loopback address, over HTTP/1.1 and HTTP/2 with TLS. `port`: 0 for one that is free. */
export async function listen(serve: Serve, { cert, key }: Certificate, port = 0): Promise<Listener> {
  const underWay = new Set<Promise<void>>();
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new Set<TLSSocket>();
  /** Below TLS, by the port at the other end: only there a connection can be reset. */
  const connections = new Map<number, Socket>();
  // Without `ca` it would read 150 authorities of the world, in 15 ms, though it asks nobody for a certificate.
  const options = { cert, key, ca: cert, allowHTTP1: true, settings: { maxConcurrentStreams } };
  const server: Http2SecureServer = createSecureServer(options, (request, response) => {
    if (isHttp2(response) && !isTaken(response.stream)) return;
    const ended = new Promise<void>((resolve) => response.once("close", resolve));
    underWay.add(ended);
    void ended.then(() => underWay.delete(ended));
    // What fails is the connection, or what a fault breaks: serve() itself answers everything.
    answer(serve, request, response).catch((error: unknown) => breakOff(response, error, connections));
  });
  server.on("connection", (connection: Socket) => {
    const { remotePort = 0 } = connection;
    connections.set(remotePort, connection);
    connection.once("close", () => connections.delete(remotePort));
  });
  // Node's types know it for servers of HTTP/1.1 alone.
  (server as unknown as HttpServer).on("upgrade", (request, stream, head) => {
    answerUpgrade(serve, request, stream, head).catch((error: unknown) => {
      const isReset = error instanceof BrokenConnection && error.how === "reset";
      if (isReset) connections.get((stream as TLSSocket).remotePort ?? 0)?.resetAndDestroy();
      else stream.destroy();
    });
  });
  server.on("session", (session) => keepWhileOpen(sessions, session));
  server.on("secureConnection", (socket) => keepWhileOpen(sockets, socket));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      let timer: NodeJS.Timeout | undefined;
      const patienceEnds = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([Promise.all(underWay), patienceEnds]);
      for (const session of sessions) session.close();
      for (const socket of sockets) if (socket.alpnProtocol !== "h2") socket.destroySoon();
      await Promise.race([closed, patienceEnds]);
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function keepWhileOpen<T extends ServerHttp2Session | TLSSocket>(open: Set<T>, one: T): void {
  open.add(one);
  one.once("close", () => open.delete(one));
}

async function answer(serve: Serve, request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { method, url } = request;
  const [path = "", query = ""] = url.split(/\?(.*)/s, 2);
  if (!isReadable(path)) return write(badRequest, response, gone.signal);
  const made = await serve({
    method,
    path,
    query,
    headers: headersOf(request),
    body: await bodyOf(request),
    signal: gone.signal,
  });
  await write(made, response, gone.signal);
}

/** What Go's listener says, before anything of the API server. */
const badRequest: ServerAnswer = {
  status: 400,
  headers: { "content-type": ["text/plain; charset=utf-8"] },
  body: Buffer.from("400 Bad Request"),
};

/** Whether what is encoded in it can be decoded. */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** All of it; of what is too large, enough to be refused. The rest is read too, for whoever still sends does not hear the answer. */
async function bodyOf(request: Http2ServerRequest): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (length <= mostBodyBytes) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

async function write(
  { status, headers, body, goAway }: ServerAnswer,
  response: Http2ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  for (const [name, values] of Object.entries(headers)) response.setHeader(name, values.map(asBytes));
  if (goAway === true) refuseFurther(response);
  if (body instanceof Uint8Array) {
    if (body.length > 0) response.setHeader("content-length", body.length);
    response.writeHead(status);
    response.end(body);
    return;
  }
  response.writeHead(status);
  // Both kinds of response have it, but the types of HTTP/2's do not know it.
  (response as unknown as { flushHeaders(): void }).flushHeaders();
  for await (const chunk of body) {
    if (gone.aborted) break;
    if (!response.write(chunk)) await drained(response, gone);
  }
  response.end();
}

/** A text as Node writes headers, a character for each byte, so that UTF-8 arrives as real servers send it. */
function asBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** The newest stream that each session has taken, and the last that it will take, where it said so. */
const newest = new WeakMap<Http2Session, number>();
const last = new WeakMap<Http2Session, number>();

/** Whether a request is answered: those that come after GOAWAY are not, for whoever sent them knows that, and sends them again elsewhere. */
function isTaken(stream: ServerHttp2Stream): boolean {
  const { id = 0, session } = stream;
  if (session === undefined) return false;
  if (id > (last.get(session) ?? Infinity)) {
    stream.close(constants.NGHTTP2_REFUSED_STREAM);
    return false;
  }
  newest.set(session, id);
  return true;
}

/** GOAWAY says which request is the last, and `Connection: close` that this one is. */
function refuseFurther(response: Http2ServerResponse | ServerResponse): void {
  if (!isHttp2(response)) {
    response.setHeader("connection", "close");
    return;
  }
  const { session } = response.stream;
  // What has arrived by now is read first: it is answered too.
  if (session !== undefined) setImmediate(sayLast, session);
}

function sayLast(session: Http2Session): void {
  if (session.destroyed || last.has(session)) return;
  const id = newest.get(session) ?? 0;
  last.set(session, id);
  // Without it, Node names the last stream that is over, and takes those under way as refused.
  session.goaway(constants.NGHTTP2_NO_ERROR, id);
}

/** Breaks the connection, in HTTP/2 the stream, as a BrokenConnection says, and for any other error too: no answer is whole then. */
function breakOff(
  response: Http2ServerResponse | ServerResponse,
  error: unknown,
  connections: ReadonlyMap<number, Socket>,
): void {
  const isReset = error instanceof BrokenConnection && error.how === "reset";
  if (isHttp2(response)) response.stream.close(isReset ? constants.NGHTTP2_INTERNAL_ERROR : constants.NGHTTP2_CANCEL);
  else if (isReset) connections.get(response.socket?.remotePort ?? 0)?.resetAndDestroy();
  else response.destroy();
}

/** Node hands out its own kind of response for each protocol, though the types know one. */
function isHttp2(response: Http2ServerResponse | ServerResponse): response is Http2ServerResponse {
  return "stream" in response;
}

/** Resolves when more may be written, or nobody is there any more. */
function drained(response: Http2ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done);
      gone.removeEventListener("abort", done);
      resolve();
    };
    response.once("drain", done);
    gone.addEventListener("abort", done, { once: true });
  });
}
