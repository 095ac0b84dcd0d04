import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

import { joinSockets } from "../../support/join-sockets.ts";

/** What cuts off each connection to `server` on which nothing has passed for so long, as many proxies do. */
export async function startQuietCutter(
  server: string,
  quietMs: number,
): Promise<{ readonly url: string; close(): void }> {
  const { hostname, port } = new URL(server);
  const open = new Set<Socket>();
  const cutter = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.setTimeout(quietMs, cut);
      socket.on("close", () => open.delete(socket));
    }
    joinSockets(client, upstream);
  });
  cutter.listen(0, "127.0.0.1");
  await once(cutter, "listening");
  return {
    url: `http://127.0.0.1:${(cutter.address() as AddressInfo).port}`,
    close() {
      cutter.close();
      for (const socket of open) socket.destroy();
    },
  };
}
