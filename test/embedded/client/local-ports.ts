import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { ApiServer, PortConnection } from "../../../packages/testing/src/index.ts";

/** The ports of every pod are those of this machine, as on the node of the real control plane. */
export function forwardLocally(api: ApiServer): void {
  api.onPortForward({}, async (connection) => {
    const { port, readable, writable, signal } = connection;
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => undefined);
    const leave = (): void => void socket.destroy();
    signal.addEventListener("abort", leave);
    try {
      await once(socket, "connect");
      void send(socket, readable);
      const writer = writable.getWriter();
      for await (const data of socket as AsyncIterable<Buffer>) await writer.write(data);
    } catch (error) {
      throw new Error(inWordsOfANode(error, port), { cause: error });
    } finally {
      signal.removeEventListener("abort", leave);
    }
  });
}

/** What goes wrong with it shows where the socket is read. */
async function send(socket: Socket, readable: PortConnection["readable"]): Promise<void> {
  const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  for await (const data of readable) {
    if (socket.destroyed) return;
    if (!socket.write(data))
      await Promise.race([new Promise<void>((resolve) => void socket.once("drain", resolve)), closed]);
  }
  socket.end();
}

function inWordsOfANode(error: unknown, port: number): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ECONNREFUSED") return `dial tcp4 127.0.0.1:${port}: connect: connection refused`;
  if (code === "ECONNRESET") return `read tcp4 127.0.0.1:${port}: read: connection reset by peer`;
  return String(error);
}
