import { randomBytes } from "node:crypto";
import { shownAs, type Cluster } from "@kubewright/core";
import type { ConnectOptions } from "@kubewright/node";
import { createApiServer, type ApiServerHeart, type ApiServerHeartOptions } from "../serving/create-api-server.ts";
import { createCertificate } from "./certificate.ts";
import { kubeconfigText } from "./kubeconfig.ts";
import { listen } from "./listen.ts";

/** An API server in this process that listens. */
export interface ApiServer extends Pick<ApiServerHeart, "requests" | "reset">, AsyncDisposable {
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
export type ApiServerOptions = ApiServerHeartOptions;

/**
 * Starts an API server in this process, on a free port of the loopback address, over HTTP/1.1 and HTTP/2 with TLS.
 *
 * @example
 * const api = await startApiServer();
 * const cluster = await api.connect();
 * await cluster.api(CoreV1).configMaps.in().create({ metadata: { name: "colours" } });
 * await api.close();
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { cert: ca, key } = createCertificate();
  const token = randomBytes(24).toString("base64url");
  const heart = createApiServer(options);
  const { url, close } = await listen(heart.serve, { cert: ca, key });
  const clusters = new Set<Cluster>();
  const visible: Omit<ApiServer, "kubeconfig"> = {
    url,
    ca,
    requests: heart.requests,
    reset: heart.reset,
    async connect(wanted = {}) {
      // Only for those who ask: its transport takes longer to load than the server to start.
      const { connect } = await import("@kubewright/node");
      const { cert, basicAuth } = wanted;
      const identity = cert === undefined && basicAuth === undefined ? { token } : {};
      const cluster = await connect({ server: url, ca, ...identity, ...wanted });
      clusters.add(cluster);
      return cluster;
    },
    async close() {
      await Promise.all([...clusters].map((cluster) => cluster.close()));
      heart.close();
      await close();
    },
    [Symbol.asyncDispose]: () => visible.close(),
  };
  // A credential is in it: whoever prints the server, as JSON or otherwise, sees none.
  const api = Object.defineProperty(visible, "kubeconfig", { get: () => kubeconfigText({ url, ca, token }) });
  return shownAs(api as ApiServer, "ApiServer", () => ({ url }));
}
