import {
  type Cluster,
  type ClusterOptions,
  InputError,
  plainObject,
  retry,
  unknownOption,
  whatItIs,
} from "@kubewright/core";
import { pageAwareness } from "./events/awareness.ts";
import { type ConnectionState, createConnectionStore } from "./events/connection-state.ts";
import { type Page, thisPage } from "./page.ts";
import { proxyTransport, proxyWatches, watchedCluster } from "./sharing/connection.ts";
import type { HubKey } from "./sharing/messages.ts";
import { serveTabs } from "./sharing/serve-tabs.ts";
import { createSharedWatches } from "./sharing/shared-watches.ts";
import { electedWay, type PlatformWorker, type Way, workerWay } from "./sharing/ways.ts";
import type { Store } from "./store/store.ts";

/** Options of {@link connectProxy}. */
export interface ProxyConnectOptions extends Pick<ClusterOptions, "timeoutMs" | "fieldManager" | "onWarning"> {
  /** Where the proxy is: `"/k8s"` from the page's root, or relative to the page, or a whole address. */
  readonly baseUrl: string;
  /** What `.in()` means. Default `"default"`. */
  readonly namespace?: string | undefined;
  /**
   * Makes the shared worker that holds the watches of all tabs, in a way that bundlers understand:
   * `() => new SharedWorker(new URL("./watches.ts", import.meta.url), { type: "module" })`, where `watches.ts` is
   * `import "@kubewright/browser/worker";`. Default: the tabs choose one of themselves.
   */
  readonly worker?: (() => PlatformWorker) | undefined;
  /** Tabs share watches with those of the same session only; the signed-in user, say, where one page serves several. Default `""`. */
  readonly session?: string | undefined;
}

/** A cluster behind a proxy. */
export interface ProxyCluster extends Cluster {
  /** How the connection stands that brings what changes, for whoever shows it. */
  readonly connection: ProxyConnection;
}

/** The connection that brings what changes, as a store. */
export interface ProxyConnection extends Store<ConnectionState> {
  /** Tries at once where it else would wait (`waiting`, `offline`, `signedOut`), unless the proxy asked for patience. Does nothing in any other state. */
  retry(): void;
}

const known: readonly (keyof ProxyConnectOptions)[] = [
  "baseUrl",
  "namespace",
  "worker",
  "session",
  "timeoutMs",
  "fieldManager",
  "onWarning",
];

/**
 * Connects a page to its cluster through a proxy: Kubewright's, whose watches all come over one connection for all tabs, or another
 * such as `kubectl proxy`, which takes a connection for each watch. Sends nothing before the first call.
 *
 * @throws InputError for a wrong option
 */
export function connectProxy(options: ProxyConnectOptions): ProxyCluster {
  return connectPage(options, thisPage());
}

/** The same from any page. */
export function connectPage(options: ProxyConnectOptions, page: Page): ProxyCluster {
  for (const key of Object.keys(plainObject(options, "options")))
    if (!(known as readonly string[]).includes(key)) throw unknownOption(key, known);
  const { baseUrl, worker, session = "", onWarning = (text: string) => console.warn(text), ...forCluster } = options;
  if (typeof session !== "string") throw new InputError("session", `it must be text, not ${whatItIs(session)}`);
  if (worker !== undefined && typeof worker !== "function")
    throw new InputError("worker", `it must be a function that makes a SharedWorker, not ${whatItIs(worker)}`);
  const key: HubKey = { baseUrl: addressOf(baseUrl, page), session };
  const { clock, fetch } = page;
  const connection = createConnectionStore(() => clock.wallNow());
  const awareness = pageAwareness(page);
  const parts = { baseUrl: key.baseUrl, clock, fetch, awareness, tell: connection.set, onWarning };
  const transport = proxyTransport(parts);
  const watches = createSharedWatches({
    ...parts,
    ways: waysOf(page, key, worker),
    alone: () => proxyWatches(transport, parts),
    key,
  });
  const cluster = watchedCluster(transport, watches, parts, {
    ...forCluster,
    interceptors: [retry(undefined, clock)],
  });
  const { getSnapshot, subscribe } = connection;
  return Object.assign(cluster, { connection: { getSnapshot, subscribe, retry: watches.retry } });
}

/** The ways to share watches that this page has, the best first. */
function waysOf(page: Page, key: HubKey, worker: ProxyConnectOptions["worker"]): readonly Way[] {
  const { clock, fetch, document, navigator, BroadcastChannel } = page;
  const ways: Way[] = worker === undefined ? [] : [workerWay(worker)];
  const locks = navigator?.locks;
  // Other programs have both too, but no tabs.
  if (document === undefined || BroadcastChannel === undefined) return ways;
  if (locks === undefined && page.isSecureContext !== false) return ways;
  const elected = electedWay({
    key,
    locks,
    openChannel: (name) => new BroadcastChannel(name),
    tab: clock.random().toString(36).slice(2),
    serve: () => serveTabs(clock, fetch),
  });
  return [...ways, elected];
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
