import type { ConnectOptions } from "../../connect-options.ts";
import type { Surroundings } from "../../surroundings.ts";
import type { Pem, ResolvedConfig } from "../resolved.ts";

/** One row of the table: what there is, and what must come of it. Data only, so that kubectl can be asked the same. */
export interface KubeconfigCase {
  readonly name: string;
  /** Files by path; `/v` stands for a folder of the test's own. A file that is not there does not exist. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: ConnectOptions;
  readonly platform?: "win32";
  /** What {@link shown} makes of the configuration, or a part of the error's message. */
  readonly result: Readonly<Record<string, unknown>> | { readonly error: string };
  /** Why the real kubectl is not asked, or answers differently; left out: it must agree. */
  readonly notKubectl?: string;
}

/** A configuration as plain data: secrets shown, and nothing that is not set. */
export function shown({ source, names, namespace, cluster, user }: ResolvedConfig): Record<string, unknown> {
  const { exec, oidc, token, basic, impersonate } = user;
  const all: Record<string, unknown> = {
    source: source === "kubeconfig" ? undefined : source,
    context: names.context,
    namespace: namespace === "default" ? undefined : namespace,
    server: cluster.server,
    ca: pem(cluster.ca),
    tlsServerName: cluster.tlsServerName,
    insecure: cluster.insecureSkipTlsVerify || undefined,
    proxyUrl: cluster.proxyUrl?.reveal(),
    compression: cluster.compression ? undefined : false,
    execConfig: cluster.execConfig,
    token: typeof token === "function" ? "function" : token?.reveal(),
    tokenFile: user.tokenFile,
    cert: pem(user.certificate?.cert),
    key: pem(user.certificate?.key),
    basic: basic && `${basic.username}:${basic.password.reveal()}`,
    exec: exec && { ...exec, env: Object.fromEntries(exec.env.map(({ name, value }) => [name, value.reveal()])) },
    oidc: oidc && {
      ...oidc,
      clientSecret: oidc.clientSecret?.reveal(),
      idToken: oidc.idToken?.reveal(),
      refreshToken: oidc.refreshToken?.reveal(),
      issuerCa: pem(oidc.issuerCa),
    },
    as: impersonate,
  };
  return defined(all);
}

function defined(map: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, isPlain(value) ? defined(value) : value]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pem(material: Pem | undefined): string | undefined {
  return material?.file === undefined ? material?.text?.reveal() : `@${material.file}`;
}

/** Surroundings made of a case's files and environment; the home folder is `/v/home`. */
export function surroundingsOf({ files = {}, env = {}, platform }: KubeconfigCase): Surroundings {
  return {
    env,
    platform: platform ?? "linux",
    homeDir: platform === "win32" ? "C:\\home" : "/v/home",
    workingDir: platform === "win32" ? "C:\\work" : "/v/work",
    readFile: async (path) => {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (content === "unreadable") throw Object.assign(new Error(`EACCES: ${path}`), { code: "EACCES" });
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
  };
}

export const pemA = "-----BEGIN CERTIFICATE-----\nQUFB\n-----END CERTIFICATE-----\n";
export const pemB = "-----BEGIN CERTIFICATE-----\nQkJC\n-----END CERTIFICATE-----\n";
export const pemKey = "-----BEGIN PRIVATE KEY-----\nS0tL\n-----END PRIVATE KEY-----\n";

export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

/** A kubeconfig with context, cluster and user of one name; fields as YAML flow maps without their braces. */
export function config(name: string, cluster: string, user = "", context = ""): string {
  return `apiVersion: v1
kind: Config
current-context: ${name}
contexts:
- name: ${name}
  context: { cluster: ${name}, user: ${name}${context === "" ? "" : `, ${context}`} }
clusters:
- name: ${name}
  cluster: { ${cluster} }
users:
- name: ${name}
  user: { ${user} }
`;
}
