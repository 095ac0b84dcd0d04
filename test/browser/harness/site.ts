import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createProxy, type ProxyOptions } from "@kubewright/proxy";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy.ts";
import { startQuietCutter } from "./quiet-cutter.ts";
import { serveFiles } from "./serve-files.ts";

export interface SiteOptions extends Omit<ProxyOptions, "prefix" | "hosts"> {
  /** The folder of a built page. */
  readonly files: string;
  /** The folder of another, served below `/later/`. */
  readonly later?: string;
  /** The page's Content-Security-Policy. Default: everything from itself. */
  readonly policy?: string;
  /** Asked before files and proxy: true when it answered. */
  readonly before?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** What stands before the site cuts off connections on which nothing has passed for so long. Default: nothing does. */
  readonly quietMs?: number;
  /** Told of each request to upgrade, before the proxy is. */
  readonly onUpgrade?: (request: IncomingMessage) => void;
}

/** A page and its proxy behind one origin, which stays the same whatever happens to them. */
export interface Site extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** The network between Chromium and the site. */
  readonly network: FaultProxy;
  /** Ends the proxy and the server; whoever comes is refused. */
  stop(): Promise<void>;
  /** Begins them anew: a proxy that knows nothing of the one before. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const sameOrigin = "default-src 'self'; style-src 'self' 'unsafe-inline'";

/** Serves a page and a proxy for it. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const network = await startFaultProxy("http://127.0.0.1:1");
  let running = await begin(options, network.hostPort);
  network.switchTo(running.url);
  const site: Site = {
    origin: network.url.replace("https:", "http:"),
    network,
    async stop() {
      await network.refuse();
      await running.close();
    },
    async start() {
      running = await begin(options, network.hostPort);
      network.switchTo(running.url);
      await network.heal();
    },
    async close() {
      await network.close();
      await running.close();
    },
    [Symbol.asyncDispose]: () => site.close(),
  };
  return site;
}

interface Running {
  readonly url: string;
  close(): Promise<void>;
}

async function begin(
  { files, later = files, policy = sameOrigin, before, onUpgrade, quietMs, ...options }: SiteOptions,
  host: string,
): Promise<Running> {
  const proxy = createProxy({ ...options, hosts: [host] });
  const page = serveFiles(files, policy);
  const laterPage = serveFiles(later, policy);
  const server = createServer((request, response) => {
    if (before?.(request, response) === true) return;
    if (request.url?.startsWith("/k8s/") === true) proxy(request, response);
    else if (request.url?.startsWith("/later/") === true) {
      request.url = request.url.slice("/later".length);
      laterPage(request, response);
    } else page(request, response);
  }).on("upgrade", (request, socket, head) => {
    onUpgrade?.(request);
    proxy.upgrade(request, socket, head);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cutter = quietMs === undefined ? undefined : await startQuietCutter(url, quietMs);
  return {
    url: cutter?.url ?? url,
    async close() {
      cutter?.close();
      const closed = once(server, "close");
      server.close();
      await proxy.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
