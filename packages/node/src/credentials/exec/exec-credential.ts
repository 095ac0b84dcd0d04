import { X509Certificate } from "node:crypto";
import { AuthError } from "@kubewright/core";
import { isHeaderToken } from "../../settings/syntax.ts";
import { isMap, own, type PlainMap } from "../../kubeconfig/fields.ts";
import { parseYamlOrJson } from "../../kubeconfig/parse.ts";
import type { ExecPlugin, ResolvedCluster } from "../../settings/resolved.ts";
import type { Fetched } from "../rotating.ts";
import { Secret } from "../../settings/secret.ts";

/** What a plugin brings: a token, a client certificate, or both. */
export interface ExecCredential {
  readonly token: Secret | undefined;
  readonly cert: string | undefined;
  readonly key: Secret | undefined;
}

/** The text of `KUBERNETES_EXEC_INFO`. `ca` is the cluster's authorities in PEM. */
export function execInfo(
  plugin: ExecPlugin,
  cluster: ResolvedCluster,
  ca: string | undefined,
  interactive: boolean,
): string {
  const { apiVersion, provideClusterInfo } = plugin;
  const spec = provideClusterInfo ? { cluster: clusterInfo(cluster, ca), interactive } : { interactive };
  return JSON.stringify({ kind: "ExecCredential", apiVersion, spec });
}

function clusterInfo(cluster: ResolvedCluster, ca: string | undefined): PlainMap {
  return {
    server: cluster.server,
    "tls-server-name": cluster.tlsServerName,
    "insecure-skip-tls-verify": cluster.insecureSkipTlsVerify || undefined,
    "certificate-authority-data": ca === undefined ? undefined : Buffer.from(ca, "utf8").toString("base64"),
    "proxy-url": cluster.proxyUrl?.reveal(),
    "disable-compression": cluster.compression ? undefined : true,
    config: cluster.execConfig ?? undefined,
  };
}

/** Reads a plugin's answer. Errors are those of client-go (auth/exec/exec.go) and never quote it. */
export async function readExecCredential(output: string, plugin: ExecPlugin): Promise<Fetched<ExecCredential>> {
  const bad = (problem: string): AuthError => new AuthError(`Bad plugin answer: ${plugin.command} ${problem}`);
  const answer = await parseYamlOrJson(output, () => bad("did not write an ExecCredential in JSON to standard output"));
  if (!isMap(answer) || own(answer, "kind") !== "ExecCredential")
    throw bad("did not write an ExecCredential to standard output");
  if (own(answer, "apiVersion") !== plugin.apiVersion) {
    throw bad(`answered in another apiVersion than ${plugin.apiVersion}, which the kubeconfig says`);
  }
  const status = own(answer, "status");
  if (!isMap(status)) throw bad("brought no status");
  const text = (key: string): string | undefined => {
    const value = own(status, key) ?? "";
    if (typeof value !== "string") throw bad(`brought a status.${key} that is not text`);
    return value === "" ? undefined : value;
  };
  const [token, cert, key] = [text("token"), text("clientCertificateData"), text("clientKeyData")];
  if (token === undefined && cert === undefined && key === undefined)
    throw bad("brought neither a token nor a certificate");
  if ((cert === undefined) !== (key === undefined)) throw bad("brought a certificate or a key, but not both");
  if (token !== undefined && !isHeaderToken(token)) throw bad("brought a token with spaces or line breaks");
  const value = {
    token: token === undefined ? undefined : new Secret(token),
    cert,
    key: key === undefined ? undefined : new Secret(key),
  };
  return { value, expiresAt: expiry(text("expirationTimestamp"), cert, bad) };
}

function expiry(
  timestamp: string | undefined,
  cert: string | undefined,
  bad: (problem: string) => AuthError,
): number | undefined {
  const times: number[] = [];
  if (timestamp !== undefined) {
    const time = Date.parse(timestamp);
    if (Number.isNaN(time)) throw bad("brought a status.expirationTimestamp that is not an RFC 3339 time");
    times.push(time);
  }
  if (cert !== undefined) {
    try {
      times.push(Date.parse(new X509Certificate(cert).validTo));
    } catch {
      throw bad("brought a certificate that is not a PEM certificate");
    }
  }
  return times.length === 0 ? undefined : Math.min(...times);
}
