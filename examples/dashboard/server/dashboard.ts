import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createProxy } from "@kubewright/proxy";
import type { Cluster } from "kubewright";
import { ArgumentError } from "./arguments.ts";
import { buildPage } from "./build-page.ts";
import { rules } from "./rules.ts";
import { staticFiles } from "./static-files.ts";

/** A dashboard that is served. */
export interface Dashboard {
  /** Where the page is. */
  readonly url: string;
  /** Ends it; the cluster stays open. */
  close(): Promise<void>;
}

/** Builds the page and serves it beside a proxy to the cluster, on the loopback address. `port` 0 means any that is free. */
export async function startDashboard(cluster: Cluster, port: number): Promise<Dashboard> {
  const page = await buildPage();
  const serveFile = staticFiles(page.folder);
  const proxy = createProxy({ cluster, allow: rules });
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/k8s/") === true) proxy(request, response);
    else void serveFile(request, response);
  }).on("upgrade", proxy.upgrade);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch (error) {
    await page.remove();
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new ArgumentError(`--port ${port} is in use; pass another, or 0 for one that is free`, { cause: error });
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await proxy.close();
      server.closeAllConnections();
      await closed;
      await page.remove();
    },
  };
}
