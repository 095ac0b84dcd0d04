import { type Cluster, createCluster } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";

/** Options of {@link connectProxy}. */
export interface ProxyConnectOptions {
  /** Where the proxy is, relative to the page or from its root, such as `"/k8s"`. */
  readonly baseUrl: string;
}

/** Connects a page to its cluster through a proxy. */
export function connectProxy({ baseUrl }: ProxyConnectOptions): Cluster {
  return createCluster({ transport: createWebTransport({ server: baseUrl }) });
}
