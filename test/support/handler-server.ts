import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import type { CertifiedKey } from "./certificates.ts";

/** What came, as Node's server understood it; `path` and `query` are as they were on the wire. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** The client's port: which connection it came on. */
  readonly port: number | undefined;
  /** Resolves when the exchange is over on the server's side, also when the client went away. */
  readonly ended: Promise<void>;
  /** Breaks the connection without a word. */
  destroyConnection(): void;
}

/** How to answer. */
export interface Reply {
  head(status: number, headers?: Record<string, string | readonly string[]>): void;
  /** Sends a part now. */
  write(chunk: string | Uint8Array): void;
  end(chunk?: string | Uint8Array): void;
}

export type Handler = (request: ReceivedRequest, reply: Reply) => void | Promise<void>;

/** A server of one protocol, with one handler for every protocol. */
export interface HandlerServer {
  readonly origin: string;
  /** Every request that came, oldest first. */
  readonly requests: ReceivedRequest[];
  /** How many connections were ever made. */
  connections(): number;
  close(): Promise<void>;
}

export type Protocol = "http" | "https" | "h2";

/** Starts a server on the loopback address. The handler is called once a request has come whole. */
export async function startHandlerServer(
  protocol: Protocol,
  handler: Handler,
  tls?: CertifiedKey,
): Promise<HandlerServer> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  async function serve(
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): Promise<void> {
    const stream = response as ServerResponse;
    stream.on("error", () => {});
    request.on("error", () => {});
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = request.url ?? "";
    const question = url.indexOf("?");
    const received: ReceivedRequest = {
      method: request.method ?? "",
      path: question < 0 ? url : url.slice(0, question),
      query: question < 0 ? "" : url.slice(question + 1),
      headers: request.headers,
      body: Buffer.concat(chunks),
      port: request.socket.remotePort,
      ended: new Promise((resolve) => stream.once("close", resolve)),
      destroyConnection: () => void ("stream" in request ? request.stream.session : request.socket)?.destroy(),
    };
    requests.push(received);
    await handler(received, {
      head(status, headers = {}) {
        stream.writeHead(status, headers as Record<string, string | string[]>);
        // Node's own flushHeaders() would encode header values a second time.
        stream.write(new Uint8Array());
      },
      write: (chunk) => void stream.write(chunk),
      end: (chunk) => void stream.end(chunk),
    });
  }

  const listener = (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): void => {
    serve(request, response).catch(() => response.destroy());
  };
  const server: Server =
    protocol === "http"
      ? createHttpServer(listener)
      : protocol === "https"
        ? createHttpsServer({ ...tls }, listener)
        : createSecureServer({ ...tls, maxSendHeaderBlockLength: 1024 * 1024 }, listener);
  server.on(protocol === "http" ? "connection" : "secureConnection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${protocol === "http" ? "http" : "https"}://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
