import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { joinSockets } from "../../support/join-sockets.ts";
import { contestantsOf, type Bench, type Name } from "../bench.ts";
import { startRunner, type ServerOptions } from "../contestants.ts";
import { kubeconfigFor } from "../kubeconfig.ts";
import type { Row } from "../row.ts";

/** How many TCP connections ten GETs open, one after another, counted between client and server. */
export async function connectionRow(bench: Bench): Promise<Row> {
  bench.say("connections");
  const all = contestantsOf(bench.installed);
  const count = (name: Name): Promise<number> =>
    countConnections(bench.server, async (server) => {
      const runner = await startRunner(all[name], server);
      await runner.gets(10);
      await runner.end();
    });
  const ours = await count("kubewright");
  const http1 = await count("kubewright on http/1.1");
  const clientNode = await count("client-node");
  const floor = await count("node:https");
  return {
    what: "TCP connections for 10 GETs",
    clientNode: String(clientNode),
    floor: String(floor),
    ours: ours === http1 ? String(ours) : `${ours} (h2), ${http1} (http/1.1)`,
    aim: "1",
    measured: String(ours),
    reached: ours === 1 && http1 === 1,
    detail: { ours, "ours on http/1.1": http1, clientNode, floor },
  };
}

/** Lets `use` talk to the server through a relay on the loopback address that counts what is dialled. */
async function countConnections(server: ServerOptions, use: (server: ServerOptions) => Promise<void>): Promise<number> {
  const { hostname, port } = new URL(server.server);
  let connections = 0;
  const relay = createServer((inside) => {
    connections++;
    const outside = connect(Number(port), hostname);
    joinSockets(inside, outside);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-relay-"));
  try {
    const address = `https://127.0.0.1:${(relay.address() as AddressInfo).port}`;
    const kubeconfig = join(folder, "kubeconfig.json");
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor({ ...server, server: address })));
    await use({ ...server, server: address, kubeconfig });
    return connections;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    relay.close();
  }
}
