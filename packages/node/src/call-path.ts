import {
  ConfigError,
  impersonate,
  InputError,
  isKubeError,
  metrics,
  ownCredential,
  rateLimit,
  retry,
  retryMetrics,
  shownAs,
  type ApiRequest,
  type Interceptor,
  type Transport,
} from "@kubewright/core";
import { insecureServer, takesCredentials } from "./kubeconfig/server-url.ts";
import type { ConnectOptions } from "./settings/connect-options.ts";
import { rotateTls, tlsSwitch } from "./credentials/rotate-tls.ts";
import { tlsFilesOf, tlsSource, type TlsIdentity } from "./credentials/tls-files.ts";
import { userCredentials } from "./credentials/user-credentials.ts";
import type { ResolvedConfig } from "./settings/resolved.ts";
import type { Surroundings } from "./settings/surroundings.ts";
import type { NodeTransport } from "./transport/node-transport.ts";

/** What carries requests, and what stands around it. */
export interface CallPath {
  readonly transport: Transport;
  /** Outermost first. */
  readonly interceptors: readonly Interceptor[];
}

/** Opens what a resolved configuration describes. Nothing is dialled before the first request. */
export async function openCallPath(
  config: ResolvedConfig,
  options: ConnectOptions,
  around: Surroundings,
  onWarning: (warning: string) => void,
): Promise<CallPath> {
  const { user } = config;
  const lifetime = new AbortController();
  const tls = tlsSource(config, around.readFile, onWarning);
  let { transport } = options;
  let switchTo: ((identity: TlsIdentity) => void) | undefined;
  if (transport === undefined) {
    const identity = await tls.current();
    const dialled = await makeTransport(config, options, identity, around);
    switchTo = tlsSwitch(dialled, identity, onWarning);
    transport = dialled;
    if (config.cluster.insecureSkipTlsVerify) {
      onWarning(
        `The certificate of ${config.cluster.server} is not verified: anyone in between can read and change everything`,
      );
    }
  }
  // Every attempt of a retry is bounded, credentialed and measured by itself.
  const interceptors: Interceptor[] = [
    ...(options.interceptors ?? []),
    ownCredential,
    refuseInTheClear(config.cluster),
    retry(lifetime.signal),
  ];
  const { metrics: sink } = options;
  if (sink !== undefined) interceptors.push(retryMetrics(sink, transport.server));
  if (options.rateLimit !== undefined) {
    const { host } = new URL(transport.server);
    const onTurn = ({ method }: ApiRequest, seconds: number): void =>
      sink?.observe("rest_client_rate_limiter_duration_seconds", seconds, { verb: method, host });
    interceptors.push(rateLimit(options.rateLimit, { closed: lifetime.signal, onTurn }));
  }
  if (user.impersonate !== undefined) interceptors.push(impersonate(user.impersonate));
  const ca = async (): Promise<string | undefined> => (await tls.current()).ca;
  const credentials = await userCredentials({
    config,
    options,
    around,
    onWarning,
    ca,
    switchTo,
    signal: lifetime.signal,
  });
  if (credentials !== undefined) interceptors.push(credentials);
  if (switchTo !== undefined && tlsFilesOf(config).length > 0) interceptors.push(rotateTls(tls, switchTo));
  if (options.tracing) {
    const { tracing } = await import("./observability/tracing.ts");
    interceptors.push(await tracing(transport.server));
  }
  if (sink !== undefined) interceptors.push(metrics(sink, transport.server));
  const path: CallPath = { transport: endingWith(transport, lifetime), interceptors };
  return shownAs(path, "CallPath", () => ({ server: transport.server }));
}

/** As the connection's own credentials are refused for such a server. */
function refuseInTheClear({ server, proxyUrl }: ResolvedConfig["cluster"]): Interceptor {
  const refused = !takesCredentials(new URL(server), proxyUrl !== undefined);
  return (next) => async (request) => {
    if (refused && request.ownCredential === true) throw insecureServer(server, request);
    return next(request);
  };
}

/** The transport, whose end also ends what fetches credentials and what waits. */
function endingWith(transport: Transport, lifetime: AbortController): Transport {
  const ending: Transport = {
    server: transport.server,
    send: (request) => transport.send(request),
    close: () => {
      lifetime.abort();
      return transport.close();
    },
  };
  return shownAs(ending, "Transport", ({ server }) => ({ server }));
}

async function makeTransport(
  config: ResolvedConfig,
  options: ConnectOptions,
  identity: TlsIdentity,
  { env }: Surroundings,
): Promise<NodeTransport> {
  const { cluster, names } = config;
  const { createNodeTransport } = await import("./transport/node-transport.ts");
  const { chooseDial } = await import("./dial/proxy/choose-dial.ts");
  const dial = await chooseDial(cluster.server, cluster.proxyUrl?.reveal(), env);
  try {
    return createNodeTransport({
      server: cluster.server,
      ca: identity.ca,
      cert: identity.cert,
      key: identity.key?.reveal(),
      tlsServerName: cluster.tlsServerName,
      insecureSkipTlsVerify: cluster.insecureSkipTlsVerify,
      protocol: options.protocol,
      maxConnections: options.maxConnections,
      compression: cluster.compression,
      dial,
    });
  } catch (error) {
    if (config.source === "options" || !isKubeError(error) || error.name !== InputError.name) throw error;
    const place =
      config.source === "kubeconfig" ? `context ${JSON.stringify(names.context)}` : "the pod's service account";
    throw new ConfigError(`Invalid certificates of ${place}: ${error.message}`, { cause: error });
  }
}
