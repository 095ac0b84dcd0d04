import { createHash } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Summed } from "./bytes.ts";

/** A server in a pod of the test node, whose pods share the network of this machine. */
export interface PodServer extends AsyncDisposable {
  readonly port: number;
  /** Every connection so far, the oldest first. */
  readonly sockets: readonly Socket[];
  close(): Promise<void>;
}

/** Listens on a free port; `serve` gets each connection, whose end of the other side does not end it. */
export async function startPodServer(serve: (socket: Socket) => void): Promise<PodServer> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on("error", () => {}); // what breaks, breaks at the other side
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  return { port: (server.address() as AddressInfo).port, sockets, close, [Symbol.asyncDispose]: close };
}

/** Gives back what it gets, and ends with the other side. */
export function echo(socket: Socket): void {
  socket.pipe(socket);
}

/** Reads to the end, and answers with the size and the sum of what came. */
export async function answerSum(socket: Socket): Promise<void> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  const said: Summed = { size, sum: hash.digest("hex") };
  socket.end(JSON.stringify(said));
}
