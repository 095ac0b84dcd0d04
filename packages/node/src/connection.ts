import {
  ConfigError,
  impersonate,
  InputError,
  isKubeError,
  metrics,
  rateLimit,
  retry,
  type Interceptor,
  type Transport,
} from "@kubewright/core";
import type { ConnectOptions } from "./connect-options.ts";
import { basic, bearer, constant, tokenFile, tokenFunction } from "./credentials/bearer.ts";
import { authorize, type Renewable } from "./credentials/renewing.ts";
import { rotateTls, tlsSwitch } from "./credentials/rotate-tls.ts";
import type { Secret } from "./credentials/secret.ts";
import { tlsSource, type TlsIdentity } from "./credentials/tls-files.ts";
import type { ResolvedConfig, ResolvedUser } from "./kubeconfig/resolved.ts";
import type { Surroundings } from "./surroundings.ts";
import type { NodeTransport } from "./transport/node-transport.ts";

/** What carries requests, and what stands around it. */
export interface Connection {
  readonly transport: Transport;
  /** Outermost first. */
  readonly interceptors: readonly Interceptor[];
}

/** Opens what a resolved configuration describes. Nothing is dialled before the first request. */
export async function openConnection(
  config: ResolvedConfig,
  options: ConnectOptions,
  around: Surroundings,
  onWarning: (warning: string) => void,
): Promise<Connection> {
  const { user } = config;
  // Every attempt of a retry is bounded, credentialed and measured by itself.
  const interceptors: Interceptor[] = [...(options.interceptors ?? []), retry()];
  if (options.rateLimit !== undefined) interceptors.push(rateLimit(options.rateLimit));
  if (user.impersonate !== undefined) interceptors.push(impersonate(user.impersonate));
  const header = headerSource(user, around, onWarning);
  if (header !== undefined) interceptors.push(authorize(header, (value) => value));
  let { transport } = options;
  if (transport === undefined) {
    const tls = tlsSource(config, around.readFile, onWarning);
    const identity = await tls.current();
    const dialled = await makeTransport(config, options, identity);
    interceptors.push(rotateTls(tls, tlsSwitch(dialled, identity, onWarning)));
    transport = dialled;
  }
  if (options.metrics !== undefined) interceptors.push(metrics(options.metrics, transport.server));
  return { transport, interceptors };
}

async function makeTransport(
  config: ResolvedConfig,
  options: ConnectOptions,
  identity: TlsIdentity,
): Promise<NodeTransport> {
  const { cluster, names } = config;
  if (cluster.proxyUrl !== undefined) {
    throw new ConfigError("Proxy: proxy-url is not supported yet; take it out where the server can be reached without");
  }
  const { createNodeTransport } = await import("./transport/node-transport.ts");
  try {
    return createNodeTransport({
      server: cluster.server,
      ca: identity.ca,
      cert: identity.cert,
      key: identity.key?.reveal(),
      tlsServerName: cluster.tlsServerName,
      insecureSkipTlsVerify: cluster.insecureSkipTlsVerify,
      protocol: options.protocol,
      compression: cluster.compression,
    });
  } catch (error) {
    if (config.source === "options" || !isKubeError(error) || error.name !== InputError.name) throw error;
    const place =
      config.source === "kubeconfig" ? `context ${JSON.stringify(names.context)}` : "the pod's service account";
    throw new ConfigError(`Invalid certificates of ${place}: ${error.message}`, { cause: error });
  }
}

function headerSource(
  user: ResolvedUser,
  around: Surroundings,
  onWarning: (warning: string) => void,
): Renewable<Secret> | undefined {
  const { token, tokenFile: path, basic: login } = user;
  if (path !== undefined)
    return tokenFile(path, around.readFile, onWarning, typeof token === "function" ? undefined : token);
  if (typeof token === "function") return tokenFunction(token);
  if (token !== undefined) return constant(bearer(token.reveal()));
  if (login !== undefined) return constant(basic(login.username, login.password));
  if (user.exec !== undefined || user.oidc !== undefined)
    throw new ConfigError("Credentials: exec and auth-provider are not supported yet");
  return undefined;
}
