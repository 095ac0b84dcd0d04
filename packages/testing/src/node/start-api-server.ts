import { shownAs, type Cluster } from "@kubewright/core";
import type { ConnectOptions } from "@kubewright/node";
import type { Serve } from "../exchange/exchange.ts";
import { admin } from "../access/user.ts";
import type { Hooks } from "../hooks/hooks.ts";
import { type ApiServerHeart, type ApiServerHeartOptions, createHeart } from "../serving/heart.ts";
import type { Certificate } from "./certificate.ts";
import { createIdentity } from "./identity.ts";
import { kubeconfigText } from "./kubeconfig.ts";
import { listen, type Listener } from "./listen.ts";
import { openStateFolder } from "./state-folder.ts";

/** An API server in this process that listens. */
export interface ApiServer extends Hooks, Pick<ApiServerHeart, "faults" | "requests" | "reset">, AsyncDisposable {
  /** Such as `https://127.0.0.1:40123`. */
  readonly url: string;
  /** The authority of its certificate, in PEM. */
  readonly ca: string;
  /**
   * A kubeconfig as text that leads to it, as a user who may do everything: for `connect({ kubeconfigText })`, or written to a file
   * for `KUBECONFIG` of other programs.
   */
  readonly kubeconfig: string;
  /** Connects to it as a user who may do everything, unless the options say otherwise. The cluster is closed with the server. */
  connect(options?: ApiServerConnectOptions): Promise<Cluster>;
  /** Ends it, its watches and connections, and the clusters of `connect()`. */
  close(): Promise<void>;
}

/** Options of `connect()` that do not say where the server is. */
export type ApiServerConnectOptions = Omit<
  ConnectOptions,
  | "kubeconfig"
  | "kubeconfigText"
  | "context"
  | "inCluster"
  | "server"
  | "ca"
  | "tlsServerName"
  | "insecureSkipTlsVerify"
  | "proxyUrl"
  | "untrusted"
  | "execPolicy"
  | "transport"
>;

/** What an API server that listens is made of. */
export interface ApiServerOptions extends Omit<ApiServerHeartOptions, "storage" | "protobuf"> {
  /**
   * A folder in which it keeps its objects, versions, token, certificate and, where it is still free, port, so that the next server
   * there goes on where this one ended, however it ended. One server at a time may have it open. Needs `node:sqlite`, for which
   * Node 22 and 24 print a warning. Default: nothing is kept.
   */
  readonly state?: string | undefined;
  /** Where it listens. Default: as before in `state`, else a port that is free. */
  readonly port?: number | undefined;
}

/**
 * Starts an API server in this process, on the loopback address, over HTTP/1.1 and HTTP/2 with TLS.
 *
 * @example
 * const api = await startApiServer();
 * const cluster = await api.connect();
 * await cluster.api(CoreV1).configMaps.in().create({ metadata: { name: "colours" } });
 * await api.close();
 *
 * @throws InputError for a state folder that another server has open
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { state, port, ...rest } = options;
  const folder = state === undefined ? undefined : await openStateFolder(state);
  const { cert: ca, key, token } = folder?.identity ?? createIdentity();
  const heart = createHeart(
    {
      certificateAuthority: ca,
      ...rest,
      users: { [token]: admin, ...rest.users },
      storage: folder?.storage,
      protobuf: () => import("@kubewright/protobuf"),
    },
    async () => (await import("../serving/life.ts")).beginLife,
  );
  let listener: Listener;
  try {
    // What cannot be read of the folder is told at once.
    if (folder !== undefined) await heart.begin();
    listener = await listenAgain(heart.serve, { cert: ca, key }, port, folder?.port);
  } catch (error) {
    heart.close();
    folder?.storage.close();
    throw error;
  }
  const { url } = listener;
  folder?.keepPort(Number(new URL(url).port));
  const clusters = new Set<Cluster>();
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([...clusters].map((cluster) => cluster.close()));
    // Its watches end before the connections do, and what is still written while they do is kept.
    heart.close();
    await listener.close();
    folder?.storage.close();
  };
  const visible: Omit<ApiServer, "kubeconfig"> = {
    url,
    ca,
    faults: heart.faults,
    requests: heart.requests,
    reset: heart.reset,
    onExec: heart.onExec,
    onAttach: heart.onAttach,
    onPortForward: heart.onPortForward,
    onProxy: heart.onProxy,
    log: heart.log,
    protocols: heart.protocols,
    async connect(wanted = {}) {
      // Only for those who ask: its transport takes longer to load than the server to start.
      const { connect } = await import("@kubewright/node");
      const { cert, basicAuth } = wanted;
      const identity = cert === undefined && basicAuth === undefined ? { token } : {};
      const cluster = await connect({ server: url, ca, ...identity, ...wanted });
      clusters.add(cluster);
      return cluster;
    },
    close: () => (closed ??= close()),
    [Symbol.asyncDispose]: () => visible.close(),
  };
  // A credential is in it: whoever prints the server, as JSON or otherwise, sees none.
  const api = Object.defineProperty(visible, "kubeconfig", { get: () => kubeconfigText({ url, ca, token }) });
  return shownAs(api as ApiServer, "ApiServer", () => ({ url }));
}

/** On the port that was asked for, else on that of before, else on any. */
async function listenAgain(
  serve: Serve,
  certificate: Certificate,
  asked: number | undefined,
  before: number | undefined,
): Promise<Listener> {
  if (asked !== undefined || before === undefined) return listen(serve, certificate, asked);
  try {
    return await listen(serve, certificate, before);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return listen(serve, certificate);
  }
}
