import { base64, config, pemA, pemB, pemKey, type KubeconfigCase } from "./kubeconfig-case.ts";

const home = "/v/home/.kube/config";
const ca = base64(pemA);
const full = config(
  "a",
  `server: https://a, certificate-authority-data: ${ca}, tls-server-name: name-a, proxy-url: http://proxy, disable-compression: true`,
  `client-certificate-data: ${ca}, client-key-data: ${base64(pemKey)}, token: ta, as: jane`,
  "namespace: na",
);
const fullResult = {
  context: "a",
  namespace: "na",
  server: "https://a",
  ca: pemA,
  tlsServerName: "name-a",
  proxyUrl: "http://proxy",
  compression: false,
  cert: pemA,
  key: pemKey,
  token: "ta",
  as: { user: "jane", groups: [], extra: {} },
};
const notKubectl = "kubectl config view shows no flags but --context";

function row(
  name: string,
  options: KubeconfigCase["options"],
  result: KubeconfigCase["result"],
  kubeconfig = full,
): KubeconfigCase {
  return { name: `options: ${name}`, files: { [home]: kubeconfig }, options: options ?? {}, result, notKubectl };
}

function over(changes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...fullResult, ...changes }).filter(([, value]) => value !== undefined));
}

/** How options and a kubeconfig come together. */
export const options: readonly KubeconfigCase[] = [
  row("none", {}, fullResult),
  row("a namespace", { namespace: "nb" }, over({ namespace: "nb" })),
  row(
    "a server with a context clears tls-server-name",
    { context: "a", server: "https://b" },
    over({ server: "https://b", tlsServerName: undefined }),
  ),
  row(
    "a server and a tls-server-name",
    { context: "a", server: "https://b", tlsServerName: "name-b" },
    over({ server: "https://b", tlsServerName: "name-b" }),
  ),
  row(
    "a server with a kubeconfig",
    { kubeconfig: home, server: "https://b" },
    over({ server: "https://b", tlsServerName: undefined }),
  ),
  row("a tls-server-name", { tlsServerName: "name-b" }, over({ tlsServerName: "name-b" })),
  row("authorities", { ca: pemB }, over({ ca: pemB })),
  row("authorities as bytes", { ca: new TextEncoder().encode(pemB) }, over({ ca: pemB })),
  row(
    "authorities clear insecure-skip-tls-verify",
    { ca: pemB },
    { context: "a", server: "https://a", ca: pemB },
    config("a", "server: https://a, insecure-skip-tls-verify: true"),
  ),
  row("unverified clears the authorities", { insecureSkipTlsVerify: true }, over({ ca: undefined, insecure: true })),
  row(
    "verified again",
    { insecureSkipTlsVerify: false },
    { context: "a", server: "https://a" },
    config("a", "server: https://a, insecure-skip-tls-verify: true"),
  ),
  row("verified, said so", { insecureSkipTlsVerify: false }, fullResult),
  row(
    "options mend a contradiction of the kubeconfig",
    { insecureSkipTlsVerify: false },
    { context: "a", server: "https://a", ca: pemA },
    config("a", `server: https://a, insecure-skip-tls-verify: true, certificate-authority-data: ${ca}`),
  ),
  row("a proxy", { proxyUrl: "socks5://p" }, over({ proxyUrl: "socks5://p" })),
  row("compression", { compression: true }, over({ compression: undefined })),
  row("a token replaces every credential", { token: "tb" }, over({ token: "tb", cert: undefined, key: undefined })),
  row(
    "a token replaces a plugin",
    { token: "tb" },
    { context: "a", server: "https://a", token: "tb" },
    config(
      "a",
      "server: https://a",
      "exec: { command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never }",
    ),
  ),
  row("a token function", { token: () => "x" }, over({ token: "function", cert: undefined, key: undefined })),
  row("a certificate replaces every credential", { cert: pemB, key: pemKey }, over({ token: undefined, cert: pemB })),
  row("a certificate and a token", { cert: pemB, key: pemKey, token: "tb" }, over({ token: "tb", cert: pemB })),
  row(
    "a password replaces every credential",
    { basicAuth: { username: "u", password: "p" } },
    over({ token: undefined, cert: undefined, key: undefined, basic: "u:p" }),
  ),
  row("impersonation", { impersonate: { user: "joe", groups: ["g"] } }, over({ as: { user: "joe", groups: ["g"] } })),
  row(
    "a server where the kubeconfig has none",
    { context: "a", server: "https://b" },
    { context: "a", server: "https://b", token: "t" },
    config("a", "tls-server-name: x", "token: t"),
  ),
  row(
    "a server where the context names no cluster",
    { context: "a", server: "https://b" },
    { context: "a", server: "https://b", token: "t" },
    config("a", "", "token: t").replace("cluster: a, ", ""),
  ),
  row(
    "a server that is no address",
    { context: "a", server: "nonsense://x" },
    { error: "Invalid server: its scheme is nonsense://" },
  ),

  row(
    "a server alone: nothing of the kubeconfig",
    { server: "https://b", token: "tb" },
    { source: "options", server: "https://b", token: "tb" },
  ),
  row(
    "a server alone, with everything",
    { server: "https://b/p", ca: pemA, cert: pemB, key: pemKey, tlsServerName: "n", namespace: "ns" },
    {
      source: "options",
      server: "https://b/p",
      ca: pemA,
      cert: pemB,
      key: pemKey,
      tlsServerName: "n",
      namespace: "ns",
    },
  ),
  row(
    "a server without scheme and without TLS",
    { server: "127.0.0.1:8001" },
    { source: "options", server: "http://127.0.0.1:8001" },
  ),
  row(
    "a server without scheme, with authorities",
    { server: "10.0.0.1:6443", ca: pemA, token: "t" },
    { source: "options", server: "https://10.0.0.1:6443", ca: pemA, token: "t" },
  ),

  row(
    "a token over plain http",
    { server: "http://10.0.0.1", token: "canary" },
    { error: "Insecure server: http://10.0.0.1 is plain http, over which no credentials are sent" },
  ),
  row(
    "a token without scheme and without TLS",
    { server: "10.0.0.1:6443", token: "canary" },
    { error: "Insecure server: http://10.0.0.1:6443" },
  ),
  row(
    "a password over plain http",
    { server: "http://example.test", basicAuth: { username: "u", password: "canary" } },
    { error: "Insecure server" },
  ),
  row(
    "a token over plain http in the kubeconfig",
    {},
    { error: "Insecure server: http://b.test" },
    config("a", "server: http://b.test", "token: canary"),
  ),
  row(
    "a token file over plain http in the kubeconfig",
    {},
    { error: "Insecure server" },
    config("a", "server: http://b.test", "tokenFile: t"),
  ),
  row(
    "a plugin over plain http",
    {},
    { error: "Insecure server" },
    config(
      "a",
      "server: http://b.test",
      "exec: { command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never }",
    ),
  ),
  row("nobody over plain http", {}, { context: "a", server: "http://b.test" }, config("a", "server: http://b.test")),
  row(
    "a name that only begins like this machine",
    { server: "http://localhost.evil.test", token: "canary" },
    { error: "Insecure server" },
  ),
  row(
    "a name that only begins like a loopback address",
    { server: "http://127.0.0.1.evil.test", token: "canary" },
    { error: "Insecure server" },
  ),
  row(
    "this machine by name",
    { server: "http://localhost:8001", token: "t" },
    { source: "options", server: "http://localhost:8001", token: "t" },
  ),
  row(
    "this machine by address",
    { server: "http://127.1.2.3:8001", token: "t" },
    { source: "options", server: "http://127.1.2.3:8001", token: "t" },
  ),
  row(
    "this machine by IPv6",
    { server: "http://[::1]:8001", token: "t" },
    { source: "options", server: "http://[::1]:8001", token: "t" },
  ),
];
