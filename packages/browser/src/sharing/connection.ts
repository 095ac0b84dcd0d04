import { type Clock, type ClusterOptions, type Cluster, createCluster, type Transport } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import type { Awareness } from "../events/awareness.ts";
import type { ConnectionState } from "../events/connection-state.ts";
import { createEventConnection, type EventConnection } from "../events/event-connection.ts";
import type { Watches } from "../events/watches.ts";
import { pageTransport } from "../transport/page-transport.ts";
import { watchTransport } from "../transport/watch-transport.ts";

/** What a connection to a proxy needs. */
export interface ProxyConnectionParts {
  /** The proxy's whole address. */
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Undefined: the platform's. */
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly awareness: Awareness;
  tell(state: ConnectionState["state"], error?: Error): void;
  onWarning(text: string): void;
}

/** What carries a page's requests to its proxy. */
export function proxyTransport({ baseUrl, fetch }: Pick<ProxyConnectionParts, "baseUrl" | "fetch">): Transport {
  return pageTransport(createWebTransport({ server: baseUrl, fetch }));
}

/** The stream of events of a proxy. */
export function proxyWatches(transport: Transport, parts: ProxyConnectionParts): EventConnection {
  const { clock, awareness, tell, onWarning } = parts;
  return createEventConnection({
    request: createCluster({ transport, clock, onWarning }).request,
    clock,
    awareness,
    tell,
  });
}

/** A cluster whose watches are brought by `watches`, and all else by `transport`. */
export function watchedCluster(
  transport: Transport,
  watches: Watches,
  { baseUrl, clock, onWarning }: Pick<ProxyConnectionParts, "baseUrl" | "clock" | "onWarning">,
  options: Omit<ClusterOptions, "transport" | "clock" | "onWarning"> = {},
): Cluster {
  const onPlain = (): void =>
    onWarning(
      `The server behind ${baseUrl} takes no subscriptions, so each watch has a connection of its own; browsers allow six to a host`,
    );
  return createCluster({
    ...options,
    onWarning,
    clock,
    transport: watchTransport({ transport, watches, clock, onPlain }),
  });
}
