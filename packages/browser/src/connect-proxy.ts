import {
  type Cluster,
  type ClusterOptions,
  createCluster,
  InputError,
  unknownOption,
  plainObject,
} from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { pageAwareness } from "./events/awareness.ts";
import { type ConnectionState, createConnectionStore } from "./events/connection-state.ts";
import { createEventConnection } from "./events/event-connection.ts";
import { type Page, thisPage } from "./page.ts";
import type { Store } from "./store/store.ts";
import { pageTransport } from "./transport/page-transport.ts";
import { watchTransport } from "./transport/watch-transport.ts";

/** Options of {@link connectProxy}. */
export interface ProxyConnectOptions extends Pick<ClusterOptions, "timeoutMs" | "fieldManager" | "onWarning"> {
  /** Where the proxy is: `"/k8s"` from the page's root, or relative to the page, or a whole address. */
  readonly baseUrl: string;
  /** What `.in()` means. Default `"default"`. */
  readonly namespace?: string | undefined;
}

/** A cluster behind a proxy. */
export interface ProxyCluster extends Cluster {
  /** How the connection stands that brings what changes, for whoever shows it. */
  readonly connection: Store<ConnectionState>;
}

const known: readonly (keyof ProxyConnectOptions)[] = [
  "baseUrl",
  "namespace",
  "timeoutMs",
  "fieldManager",
  "onWarning",
];

/**
 * Connects a page to its cluster through a proxy: Kubewright's, whose watches all come over one connection, or another such as
 * `kubectl proxy`, which takes a connection for each. Sends nothing before the first call. @throws InputError for a wrong option
 */
export function connectProxy(options: ProxyConnectOptions): ProxyCluster {
  return connectPage(options, thisPage());
}

/** The same from any page. */
export function connectPage(options: ProxyConnectOptions, page: Page): ProxyCluster {
  for (const key of Object.keys(plainObject(options, "options")))
    if (!(known as readonly string[]).includes(key)) throw unknownOption(key, known);
  const { baseUrl, onWarning = (text: string) => console.warn(text), ...forCluster } = options;
  const { clock, fetch } = page;
  const transport = pageTransport(createWebTransport({ server: addressOf(baseUrl, page), fetch }));
  const connection = createConnectionStore(() => clock.wallNow());
  const watches = createEventConnection({
    request: createCluster({ transport, clock, onWarning }).request,
    clock,
    awareness: pageAwareness(page),
    tell: connection.set,
  });
  const watched = watchTransport({
    transport,
    watches,
    clock,
    onPlain: () =>
      onWarning(
        `The server behind ${baseUrl} takes no subscriptions, so each watch has a connection of its own; browsers allow six to a host`,
      ),
  });
  const cluster = createCluster({ ...forCluster, onWarning, clock, transport: watched });
  return Object.assign(cluster, {
    connection: { getSnapshot: connection.getSnapshot, subscribe: connection.subscribe },
  });
}

/** Also from a place relative to the page. */
function addressOf(baseUrl: unknown, { document, location }: Page): string {
  if (typeof baseUrl !== "string" || baseUrl === "") throw new InputError("baseUrl", 'it must be text, such as "/k8s"');
  try {
    return new URL(baseUrl, document?.baseURI ?? location?.href).href;
  } catch {
    throw new InputError("baseUrl", 'it must be where the proxy is, such as "/k8s" or "https://proxy.example.com/k8s"');
  }
}
