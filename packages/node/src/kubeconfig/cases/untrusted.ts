import { base64, config, pemA, pemKey, type KubeconfigCase } from "./kubeconfig-case.ts";

const notKubectl = "kubectl knows no distrust";
const exec = "exec: { command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never }";

function row(
  name: string,
  cluster: string,
  user: string,
  result: KubeconfigCase["result"],
  options: KubeconfigCase["options"] = {},
): KubeconfigCase {
  return {
    name: `untrusted: ${name}`,
    options: { kubeconfigText: config("a", cluster, user), untrusted: true, ...options },
    result,
    notKubectl,
  };
}

function refused(name: string, cluster: string, user: string, fields: string): KubeconfigCase {
  return row(name, cluster, user, { error: `Untrusted kubeconfig: refused ${fields}; leave` });
}

/** Kubeconfigs from strangers. */
export const untrusted: readonly KubeconfigCase[] = [
  row("a token and authorities as data", `server: https://a, certificate-authority-data: ${base64(pemA)}`, "token: t", {
    context: "a",
    server: "https://a",
    ca: pemA,
    token: "t",
  }),
  row(
    "a certificate as data, impersonation",
    "server: https://a, tls-server-name: n",
    `client-certificate-data: ${base64(pemA)}, client-key-data: ${base64(pemKey)}, as: jane`,
    {
      context: "a",
      server: "https://a",
      tlsServerName: "n",
      cert: pemA,
      key: pemKey,
      as: { user: "jane", groups: [], extra: {} },
    },
  ),
  row("a password", "server: https://a", "username: u, password: p", {
    context: "a",
    server: "https://a",
    basic: "u:p",
  }),
  refused("a plugin", "server: https://a", exec, 'exec of user "a"'),
  refused("a plugin beside a token", "server: https://a", `token: t, ${exec}`, 'exec of user "a"'),
  refused("an auth provider", "server: https://a", "auth-provider: { name: oidc }", 'auth-provider of user "a"'),
  refused("a token file", "server: https://a", "tokenFile: /etc/shadow", 'tokenFile of user "a"'),
  refused(
    "certificate files",
    "server: https://a",
    "client-certificate: a, client-key: b",
    'client-certificate of user "a", client-key of user "a"',
  ),
  refused(
    "a file of authorities",
    "server: https://a, certificate-authority: /x",
    "",
    'certificate-authority of cluster "a"',
  ),
  refused("a proxy", "server: https://a, proxy-url: http://canary", "", 'proxy-url of cluster "a"'),
  refused("plain http", "server: http://a", "", 'server of cluster "a" (not https)'),
  refused("plain http to this machine", "server: http://127.0.0.1", "", 'server of cluster "a" (not https)'),
  refused("a server without scheme", 'server: "10.0.0.1:8080"', "", 'server of cluster "a" (not https)'),
  refused(
    "no verification",
    "server: https://a, insecure-skip-tls-verify: true",
    "",
    'insecure-skip-tls-verify of cluster "a"',
  ),
  refused(
    "no verification, as YAML 1.1 says it",
    "server: https://a, insecure-skip-tls-verify: yes",
    "",
    'insecure-skip-tls-verify of cluster "a"',
  ),
  refused(
    "everything at once",
    "server: http://a, insecure-skip-tls-verify: true, proxy-url: x",
    `tokenFile: x, ${exec}`,
    'proxy-url of cluster "a", insecure-skip-tls-verify of cluster "a", exec of user "a", tokenFile of user "a", server of cluster "a" (not https)',
  ),
  row(
    "what is said to be off is not refused",
    "server: https://a, insecure-skip-tls-verify: false, proxy-url: ''",
    "tokenFile: ''",
    { context: "a", server: "https://a" },
  ),
  row("upper case in the scheme", "server: HTTPS://a", "", { context: "a", server: "https://a" }),
  row(
    "fields of entries that are not used",
    "server: https://a",
    "token: t",
    { context: "a", server: "https://a", token: "t" },
    {
      kubeconfigText: `${config("a", "server: https://a", "token: t")}- name: other\n  user: { ${exec} }\n`,
    },
  ),
  row(
    "the caller's own options are trusted",
    "server: https://a",
    "",
    { context: "a", server: "https://a", insecure: true },
    { insecureSkipTlsVerify: true },
  ),
];
