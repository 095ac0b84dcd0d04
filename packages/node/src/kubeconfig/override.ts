import { Secret } from "../settings/secret.ts";
import type { ConnectOptions } from "../settings/connect-options.ts";
import type { ClusterDraft } from "./read-cluster.ts";
import { anonymous } from "./read-user.ts";
import type { Pem, ResolvedUser } from "../settings/resolved.ts";

/** A cluster about which nothing is known yet. */
export const emptyCluster: ClusterDraft = {
  server: undefined,
  ca: undefined,
  tlsServerName: undefined,
  insecureSkipTlsVerify: false,
  proxyUrl: undefined,
  compression: true,
  execConfig: undefined,
};

function pemOf(value: string | Uint8Array): Pem {
  return { text: new Secret(typeof value === "string" ? value : Buffer.from(value).toString("utf8")) };
}

/**
 * The cluster with the options over it, by client-go's rules (clientcmd/client_config.go getCluster): a server clears
 * tls-server-name, an authority clears insecure-skip-tls-verify, and the other way round.
 */
export function overrideCluster(cluster: ClusterDraft, options: ConnectOptions): ClusterDraft {
  const { server, ca, tlsServerName, insecureSkipTlsVerify: insecure, proxyUrl, compression } = options;
  const trust =
    ca !== undefined
      ? { ca: pemOf(ca), insecureSkipTlsVerify: false }
      : insecure === true
        ? { ca: undefined, insecureSkipTlsVerify: true }
        : { insecureSkipTlsVerify: insecure ?? cluster.insecureSkipTlsVerify };
  return {
    ...cluster,
    ...trust,
    server: server ?? cluster.server,
    tlsServerName: tlsServerName ?? (server === undefined ? cluster.tlsServerName : undefined),
    proxyUrl: proxyUrl === undefined ? cluster.proxyUrl : new Secret(proxyUrl),
    compression: compression ?? cluster.compression,
  };
}

/**
 * The user with the options over it. A credential in the options replaces every credential of the kubeconfig: whoever passes a
 * token wants to be that token, and not also the certificate beside it.
 */
export function overrideUser(user: ResolvedUser, options: ConnectOptions): ResolvedUser {
  const { token, cert, key, basicAuth } = options;
  const impersonate = options.impersonate ?? user.impersonate;
  if (token === undefined && cert === undefined && basicAuth === undefined) return { ...user, impersonate };
  return {
    ...anonymous,
    token: typeof token === "string" ? new Secret(token) : token,
    certificate: cert === undefined || key === undefined ? undefined : { cert: pemOf(cert), key: pemOf(key) },
    basic: basicAuth && { username: basicAuth.username, password: new Secret(basicAuth.password) },
    impersonate,
  };
}
