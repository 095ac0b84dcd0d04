import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { Serve, ServerAnswer } from "../exchange/exchange.ts";
import type { Certificate } from "./certificate.ts";

/** A server that listens. */
export interface Listener {
  /** Such as `https://127.0.0.1:40123`. */
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Serves on a port of the loopback address, over HTTP/1.1 and HTTP/2 with TLS. */
export async function listen(serve: Serve, { cert, key }: Certificate, port = 0): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server: Http2SecureServer = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
    answer(serve, request, response).catch(() => response.destroy());
  });
  server.on("secureConnection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answer(serve: Serve, request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const { method, headers, url } = request;
  const at = url.indexOf("?");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const made = await serve({
    method,
    path: at === -1 ? url : url.slice(0, at),
    query: at === -1 ? "" : url.slice(at + 1),
    headers: {
      get(name) {
        const value = headers[name];
        return Array.isArray(value) ? value.join(", ") : value;
      },
    },
    body: Buffer.concat(chunks),
    signal: gone.signal,
  });
  await write(made, response, gone.signal);
}

async function write(
  { status, headers, body }: ServerAnswer,
  response: Http2ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  for (const [name, values] of Object.entries(headers)) response.setHeader(name, [...values]);
  response.writeHead(status);
  if (body instanceof Uint8Array) {
    response.end(body);
    return;
  }
  // Both kinds of response have it, but the types of HTTP/2's do not know it.
  (response as unknown as { flushHeaders(): void }).flushHeaders();
  for await (const chunk of body) {
    if (gone.aborted) break;
    if (!response.write(chunk)) await drained(response, gone);
  }
  response.end();
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
