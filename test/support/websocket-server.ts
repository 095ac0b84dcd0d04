// oxlint-disable-next-line triple-slash-reference
/// <reference path="../../packages/node/src/websocket/ws.d.ts" />
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { Receiver, Sender } from "ws";

/** The server's end of an upgraded connection. */
export interface ServerSocket {
  readonly request: IncomingMessage;
  /** The stream itself, for what no WebSocket does. */
  readonly stream: Duplex;
  /** The messages that came, oldest first. */
  readonly messages: Uint8Array[];
  /** What the pings held, the same. */
  readonly pings: Uint8Array[];
  /** The code of the client's close frame. */
  closeCode: number | undefined;
  send(...message: readonly (number | string | Uint8Array)[]): void;
  /** A frame of any kind. */
  frame(opcode: number, data: Uint8Array, fin?: boolean): void;
  pong(data: Uint8Array): void;
  /** Sends a close frame and ends. */
  close(code?: number): void;
}

export interface WebSocketServer {
  readonly origin: string;
  /** Everything that asked for an upgrade. */
  readonly sockets: readonly ServerSocket[];
  close(): Promise<void>;
}

export interface WebSocketServerOptions {
  /** Which of the names offered is taken. Default: the first. */
  readonly choose?: (offered: readonly string[]) => string;
  /** Answers pings. Default true. */
  readonly pongs?: boolean;
  /** Changes the header lines of the answer. */
  readonly answer?: (lines: string[]) => string[];
  /** Refuses instead; undefined for an upgrade. */
  readonly refuse?: (request: IncomingMessage) => string | undefined;
  /** What is not an upgrade. Default: 400. */
  readonly onRequest?: (request: IncomingMessage, response: ServerResponse) => void;
  readonly onSocket?: (socket: ServerSocket) => void;
  readonly onMessage?: (socket: ServerSocket, message: Uint8Array) => void;
}

/** A server of WebSockets on plain HTTP, which does what the test says and answers pings. */
export async function startWebSocketServer(options: WebSocketServerOptions = {}): Promise<WebSocketServer> {
  const { choose = ([first = ""]) => first, pongs = true, answer = (lines) => lines } = options;
  const sockets: ServerSocket[] = [];
  const streams = new Set<Duplex>();
  const server = createServer(options.onRequest ?? ((_, response) => response.writeHead(400).end("not an upgrade")));
  server.on("connection", (stream: Duplex) => {
    streams.add(stream);
    stream.on("error", () => {}).on("close", () => streams.delete(stream));
  });
  server.on("upgrade", (request, stream: Duplex, head: Buffer) => {
    const refusal = options.refuse?.(request);
    if (refusal !== undefined) {
      stream.end(refusal);
      return;
    }
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(", ");
    const lines = [
      "HTTP/1.1 101 Switching Protocols",
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Accept: ${createHash("sha1").update(key).digest("base64")}`,
      `Sec-WebSocket-Protocol: ${choose(offered)}`,
    ];
    stream.write(`${answer(lines).join("\r\n")}\r\n\r\n`);
    const socket = serve(request, stream, pongs, options);
    sockets.push(socket);
    if (head.length > 0) stream.unshift(head);
    options.onSocket?.(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const stream of streams) stream.destroy();
      await closed;
    },
  };
}

function serve(
  request: IncomingMessage,
  stream: Duplex,
  pongs: boolean,
  options: WebSocketServerOptions,
): ServerSocket {
  const frame = (opcode: number, data: Uint8Array, fin = true): void => {
    for (const part of Sender.frame(data, { fin, rsv1: false, mask: false, readOnly: true, opcode }))
      stream.write(part);
  };
  const receiver = new Receiver({ isServer: true, maxPayload: 0, skipUTF8Validation: true });
  const socket: ServerSocket = {
    request,
    stream,
    messages: [],
    pings: [],
    closeCode: undefined,
    send: (...parts) =>
      frame(
        2,
        Buffer.concat(
          parts.map((part) => (typeof part === "number" ? Buffer.of(part) : Buffer.from(part as Uint8Array))),
        ),
      ),
    frame,
    pong: (data) => frame(10, data),
    close(code = 1000) {
      frame(8, Buffer.of(code >> 8, code & 0xff));
      stream.end();
    },
  };
  receiver.on("message", (data: Buffer) => {
    socket.messages.push(Buffer.from(data));
    options.onMessage?.(socket, data);
  });
  receiver.on("ping", (data: Buffer) => {
    socket.pings.push(Buffer.from(data));
    if (pongs) socket.pong(data);
  });
  receiver.on("conclude", (code: number) => {
    socket.closeCode = code;
    stream.end();
  });
  receiver.on("error", () => stream.destroy());
  stream.on("data", (chunk: Buffer) => {
    if (!receiver.writableEnded && !receiver.destroyed) receiver.write(chunk);
  });
  return socket;
}
