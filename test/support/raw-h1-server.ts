import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server of bare bytes: every request as it was on the wire, and answers as the test writes them. */
export interface RawH1Server {
  readonly origin: string;
  readonly port: number;
  readonly sockets: Socket[];
  /** Heads and bodies as they came, oldest first. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Calls `onRequest` for each complete request; only content-length bodies are understood. */
export async function startRawH1Server(
  onRequest: (socket: Socket, request: string, index: number) => void,
  host = "127.0.0.1",
): Promise<RawH1Server> {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.push(socket);
    let unread = "";
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      unread += bytes.toString("latin1");
      for (;;) {
        const head = unread.indexOf("\r\n\r\n");
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(unread.slice(0, head))?.[1] ?? 0);
        if (unread.length < head + 4 + length) return;
        const request = unread.slice(0, head + 4 + length);
        unread = unread.slice(request.length);
        requests.push(request);
        onRequest(socket, request, requests.length - 1);
      }
    });
  });
  server.listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    sockets,
    requests,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A complete answer. */
export function answer(body: string, fields: readonly string[] = []): string {
  return ["HTTP/1.1 200 OK", `Content-Length: ${Buffer.byteLength(body)}`, ...fields, "", body].join("\r\n");
}
