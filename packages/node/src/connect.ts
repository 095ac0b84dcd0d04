import { createCluster, type Cluster } from "@kubewright/core";
import { applicationName, defaultUserAgent } from "./application.ts";
import { checkConnectOptions } from "./settings/check-connect-options.ts";
import type { ConnectOptions } from "./settings/connect-options.ts";
import { openCallPath } from "./call-path.ts";
import { resolveConfig } from "./kubeconfig/resolve.ts";
import { processSurroundings } from "./settings/surroundings.ts";

/**
 * Connects to a cluster as kubectl finds it, or as the options say: explicit options, then `KUBECONFIG`, then `~/.kube/config`,
 * then the service account of the pod. Nothing is sent before the first call. Rejects with an InputError for a wrong option and
 * with a ConfigError or AuthError for configuration and credentials that cannot be used; each names the place and the mend.
 */
export async function connect(options: ConnectOptions = {}): Promise<Cluster> {
  checkConnectOptions(options);
  const around = processSurroundings();
  const config = await resolveConfig(options, around);
  const { transport, interceptors } = await openCallPath(config, options, around, onceEach(options.onWarning));
  const application = applicationName(process.argv, process.execPath);
  return createCluster({
    transport,
    namespace: config.namespace,
    interceptors,
    timeoutMs: options.timeoutMs,
    fieldManager: options.fieldManager ?? application,
    userAgent: options.userAgent ?? defaultUserAgent(application),
    onWarning: options.onWarning,
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
