import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cluster } from "@kubewright/core";
import { connectProxy, type ProxyConnectOptions } from "@kubewright/browser";
import { createProxy } from "@kubewright/proxy";
import { type LiveNetwork, liveNetwork } from "./live-network.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A cluster as a page sees it, behind a proxy. */
export interface LivePage {
  readonly cluster: Cluster;
  /** Between page and proxy. */
  readonly network: LiveNetwork;
  close(): Promise<void>;
}

/** What a page is told by and of. */
export interface LivePageParts {
  /** The proxy's. */
  readonly cluster: Cluster;
  readonly random: SeededRandom;
  /** Shares the watches of pages; undefined: this one is alone. */
  readonly worker: ProxyConnectOptions["worker"];
  tell(what: string): void;
}

/** Opens a page, over a network that breaks as that before the servers does. */
export async function livePage({ cluster, random, worker, tell }: LivePageParts): Promise<LivePage> {
  const server = createServer((request, response) => proxy(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const network = await liveNetwork([`http://127.0.0.1:${port}`], random, (what) => tell(`before the proxy: ${what}`));
  const { host } = new URL(network.url);
  const proxy = createProxy({
    cluster,
    hosts: [host],
    onRefused: ({ status, path, message }) => tell(`the proxy refuses ${path}: ${status} ${message}`),
  });
  const page = connectProxy({ baseUrl: `http://${host}/k8s`, worker, onWarning: tell });
  page.connection.subscribe(({ state, error }) => tell(`the page is ${state}${error ? `: ${error.message}` : ""}`));
  return {
    cluster: page,
    network,
    async close() {
      await page.close();
      await network.close();
      await proxy.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
