import { base64, config, pemA, pemB, type KubeconfigCase } from "./kubeconfig-case.ts";

const home = "/v/home/.kube/config";

function row(
  name: string,
  fields: string,
  result: KubeconfigCase["result"],
  more: Partial<KubeconfigCase> = {},
): KubeconfigCase {
  const shown = "error" in result ? result : { context: "a", ...result };
  const { files = {}, ...rest } = more;
  return { name: `cluster: ${name}`, files: { [home]: config("a", fields), ...files }, result: shown, ...rest };
}

const later = "kubectl finds out when it connects";

/** What a cluster may say. */
export const clusters: readonly KubeconfigCase[] = [
  row("a server", "server: https://10.0.0.1:6443", { server: "https://10.0.0.1:6443" }),
  row("a path is kept, its last slash is not", "server: https://a/k8s/c-1/", { server: "https://a/k8s/c-1" }),
  row("IPv6", 'server: "https://[fd00::1]:6443"', { server: "https://[fd00::1]:6443" }),
  row("the default port", "server: https://a:443", { server: "https://a" }),
  row("query and fragment are dropped", 'server: "https://a/x?y=z#f"', { server: "https://a/x" }),
  row("without a scheme it is http", "server: a.example:8080", { server: "http://a.example:8080" }),
  row(
    "without a scheme but with an authority it is https",
    `server: "10.0.0.1:6443", certificate-authority-data: ${base64(pemA)}`,
    { server: "https://10.0.0.1:6443", ca: pemA },
  ),
  row("without a scheme and unverified it is https", 'server: "localhost:6443", insecure-skip-tls-verify: true', {
    server: "https://localhost:6443",
    insecure: true,
  }),
  row(
    "no server",
    "tls-server-name: x",
    { error: 'cluster "a" in /v/home/.kube/config: it has no server' },
    { notKubectl: later },
  ),
  row(
    "another scheme",
    "server: ftp://a",
    { error: 'Invalid server of cluster "a": its scheme is ftp://' },
    { notKubectl: later },
  ),
  row("no address at all", 'server: "https://"', { error: "it is no URL" }, { notKubectl: later }),
  row(
    "a password in the address",
    "server: https://u:canary@a",
    { error: "it holds a user name or password" },
    { notKubectl: "kubectl takes it for basic auth" },
  ),
  row("a space in the address", 'server: "https://a b"', { error: "it holds spaces" }, { notKubectl: later }),
  row("a server that is a number", "server: 5", { error: "server must be text; put it in quotes" }),

  row("authorities as data", `server: https://a, certificate-authority-data: ${base64(pemA)}`, {
    server: "https://a",
    ca: pemA,
  }),
  row(
    "authorities in a file beside the kubeconfig",
    "server: https://a, certificate-authority: ca.crt",
    { server: "https://a", ca: "@/v/home/.kube/ca.crt" },
    { files: { "/v/home/.kube/ca.crt": pemA } },
  ),
  row(
    "authorities in a file above",
    "server: https://a, certificate-authority: ../pki/ca.crt",
    { server: "https://a", ca: "@/v/home/pki/ca.crt" },
    { files: { "/v/home/pki/ca.crt": pemA } },
  ),
  row(
    "authorities in an absolute file",
    "server: https://a, certificate-authority: /v/pki/ca.crt",
    { server: "https://a", ca: "@/v/pki/ca.crt" },
    { files: { "/v/pki/ca.crt": pemB } },
  ),
  row(
    "data go before a file",
    `server: https://a, certificate-authority: /v/absent, certificate-authority-data: ${base64(pemA)}`,
    { server: "https://a", ca: pemA },
    { notKubectl: "kubectl refuses both, against the format's own documentation" },
  ),
  row(
    "data over several lines",
    `server: https://a, certificate-authority-data: "${base64(pemA).slice(0, 20)}\\n${base64(pemA).slice(20)}\\n"`,
    { server: "https://a", ca: pemA },
  ),
  row("data that are no base64", 'server: https://a, certificate-authority-data: "a-b_c"', {
    error: "certificate-authority-data must be base64 of a PEM file",
  }),
  row(
    "data that are no PEM",
    `server: https://a, certificate-authority-data: ${base64("hello")}`,
    { error: "certificate-authority-data must be base64 of a PEM file" },
    { notKubectl: later },
  ),
  row(
    "data that are PEM without base64",
    `server: https://a, certificate-authority-data: "${pemA.replaceAll("\n", "\\n")}"`,
    { error: "certificate-authority-data must be base64 of a PEM file" },
  ),
  row("empty data", 'server: https://a, certificate-authority-data: ""', { server: "https://a" }),

  row("unverified", "server: https://a, insecure-skip-tls-verify: true", { server: "https://a", insecure: true }),
  row("unverified, as YAML 1.1 says it", "server: https://a, insecure-skip-tls-verify: yes", {
    server: "https://a",
    insecure: true,
  }),
  row("verified, said so", "server: https://a, insecure-skip-tls-verify: false", { server: "https://a" }),
  row("unverified in quotes", 'server: https://a, insecure-skip-tls-verify: "true"', {
    error: "insecure-skip-tls-verify must be true or false, without quotes",
  }),
  row(
    "unverified with authorities",
    `server: https://a, insecure-skip-tls-verify: true, certificate-authority-data: ${base64(pemA)}`,
    { error: "certificate-authority and insecure-skip-tls-verify contradict each other" },
    { notKubectl: later },
  ),
  row("tls-server-name", "server: https://10.0.0.1, tls-server-name: kube.example", {
    server: "https://10.0.0.1",
    tlsServerName: "kube.example",
  }),
  row("disable-compression", "server: https://a, disable-compression: true", {
    server: "https://a",
    compression: false,
  }),
  row("proxy-url http", 'server: https://a, proxy-url: "http://u:p@proxy:3128"', {
    server: "https://a",
    proxyUrl: "http://u:p@proxy:3128",
  }),
  row("proxy-url https", "server: https://a, proxy-url: https://proxy", {
    server: "https://a",
    proxyUrl: "https://proxy",
  }),
  row("proxy-url socks5", "server: https://a, proxy-url: socks5://127.0.0.1:1080", {
    server: "https://a",
    proxyUrl: "socks5://127.0.0.1:1080",
  }),
  row(
    "proxy-url of another scheme",
    "server: https://a, proxy-url: ftp://proxy",
    { error: 'cluster "a" in /v/home/.kube/config: proxy-url: its scheme is ftp://' },
    { notKubectl: later },
  ),
  row(
    "proxy-url that is none, unquoted in the error",
    'server: https://a, proxy-url: "u:canary@proxy"',
    { error: "proxy-url: " },
    { notKubectl: later },
  ),
  row(
    "what plugins want to know",
    "server: https://a, extensions: [{ name: other, extension: 1 }, { name: client.authentication.k8s.io/exec, extension: { audience: x } }]",
    { server: "https://a", execConfig: { audience: "x" } },
  ),
  row("null fields are none", "server: https://a, tls-server-name: null, certificate-authority: ~", {
    server: "https://a",
  }),
];
