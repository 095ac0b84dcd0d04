import { type Cluster, type ConnectionNamespace, createCluster } from "@kubewright/core";
import { applicationName, defaultUserAgent } from "./application.ts";
import { openCallPath, type CallPath } from "./call-path.ts";
import { resolveConfig } from "./kubeconfig/resolve.ts";
import { createLateCallPath, type OpenedPath } from "./late-call-path.ts";
import { checkConnectOptions } from "./settings/check-connect-options.ts";
import type { ConnectOptions } from "./settings/connect-options.ts";
import { processSurroundings } from "./settings/surroundings.ts";

/**
 * Connects to a cluster as kubectl finds it, or as the options say: explicit options, then `KUBECONFIG`, then `~/.kube/config`,
 * then the service account of the pod. Nothing is sent before the first call. Rejects with an InputError for a wrong option and
 * with a ConfigError or AuthError for configuration and credentials that cannot be used; each names the place and the fix. The rules are kubectl's:
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 *
 * @example
 * await using cluster = await connect({ context: "staging" });
 * const { pods } = cluster.api(CoreV1);
 * const { items } = await pods.in("web").list();
 */
export async function connect(options: ConnectOptions = {}): Promise<Cluster> {
  checkConnectOptions(options);
  const { transport, interceptors, namespace } = await open(options);
  return clusterOver({ transport, interceptors }, namespace, options);
}

/**
 * Gives a cluster at once, for constructors and module scope, where nothing can be awaited. The configuration is read at the first
 * call, as {@link connect} reads it; if it cannot be used, that call rejects with the error that says why, and the next one reads
 * again. Until then `server` and `namespace` are not known, and asking for them is an InputError; `.in()` means the connection's
 * namespace all the same. Throws an InputError for a wrong option.
 *
 * @example
 * class Backups {
 *   readonly #cluster = connectOnUse();
 *
 *   async names(): Promise<string[]> {
 *     const { items } = await this.#cluster.api(CoreV1).persistentVolumeClaims.in().list();
 *     return items.map((claim) => claim.metadata.name);
 *   }
 * }
 */
export function connectOnUse(options: ConnectOptions = {}): Cluster {
  checkConnectOptions(options);
  const given = { ...options };
  const { path, namespace } = createLateCallPath(() => open(given));
  return clusterOver(path, namespace, given);
}

async function open(options: ConnectOptions): Promise<OpenedPath> {
  const around = processSurroundings();
  const config = await resolveConfig(options, around);
  const path = await openCallPath(config, options, around, onceEach(options.onWarning));
  return { ...path, namespace: config.namespace };
}

function clusterOver(
  { transport, interceptors }: CallPath,
  namespace: string | ConnectionNamespace,
  options: ConnectOptions,
): Cluster {
  const application = applicationName(process.argv, process.execPath);
  return createCluster({
    transport,
    namespace,
    interceptors,
    timeoutMs: options.timeoutMs,
    fieldManager: options.fieldManager ?? application,
    userAgent: options.userAgent ?? defaultUserAgent(application),
    onWarning: options.onWarning,
    metrics: options.metrics,
    protobuf: () => import("@kubewright/protobuf").then(({ protobuf }) => protobuf),
    encoding: options.encoding,
  });
}

/** Hands every text on once. */
function onceEach(onWarning: ((warning: string) => void) | undefined): (warning: string) => void {
  const said = new Set<string>();
  return (warning) => {
    if (said.has(warning)) return;
    said.add(warning);
    if (onWarning === undefined) console.warn(`kubewright: ${warning}`);
    else onWarning(warning);
  };
}
