import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Cluster } from "@kubewright/core";

/** Options of {@link createProxy}. */
export interface ProxyOptions {
  /** The cluster behind it, such as `await connect()`. */
  readonly cluster: Cluster;
  /** What paths begin with, such as `"/k8s"`; the rest is the API server's. Default `"/k8s"`. */
  readonly prefix?: string | undefined;
}

/** A handler of requests, for `node:http`, Express, Fastify and Hono. */
export interface Proxy {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Takes what `node:http` tells by `upgrade`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array): void;
  /** Ends every stream, and takes no more. The cluster stays open. */
  close(): Promise<void>;
}

/** Makes a relay between pages and a cluster. */
export function createProxy(options: ProxyOptions): Proxy {
  throw new Error(`not made yet: ${options.prefix}`);
}
