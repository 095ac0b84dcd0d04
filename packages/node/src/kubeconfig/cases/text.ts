import { config, type KubeconfigCase } from "./kubeconfig-case.ts";

const home = "/v/home/.kube/config";
const yaml = config("a", "server: https://a", "token: ta");
const json = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "a",
  contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
  clusters: [{ name: "a", cluster: { server: "https://a" } }],
  users: [{ name: "a", user: { token: "ta" } }],
});
const result = { context: "a", server: "https://a", token: "ta" };
const utf16 = "kubectl reads no UTF-16";

function encode(text: string, encoding: "utf8" | "utf16le" | "utf16be", mark: boolean): Uint8Array {
  const bytes = Buffer.from(`${mark ? "\ufeff" : ""}${text}`, encoding === "utf8" ? "utf8" : "utf16le");
  return new Uint8Array(encoding === "utf16be" ? bytes.swap16() : bytes);
}

function file(content: string | Uint8Array): Record<string, string | Uint8Array> {
  return { [home]: content };
}

/** How the text may be written. */
export const text: readonly KubeconfigCase[] = [
  { name: "YAML", files: file(yaml), result },
  { name: "JSON", files: file(json), result },
  { name: "JSON with space before it", files: file(`\n  ${json}`), result },
  {
    name: "a YAML flow map that is no JSON",
    files: file(json.replaceAll('"', "").replaceAll(":", ": ").replace("https: //a", '"https://a"')),
    result,
  },
  { name: "UTF-8 with a byte order mark", files: file(encode(yaml, "utf8", true)), result },
  { name: "JSON with a byte order mark", files: file(encode(json, "utf8", true)), result },
  {
    name: "UTF-16, little end first, with mark",
    files: file(encode(yaml, "utf16le", true)),
    result,
    notKubectl: utf16,
  },
  { name: "UTF-16, big end first, with mark", files: file(encode(yaml, "utf16be", true)), result, notKubectl: utf16 },
  {
    name: "UTF-16 without mark, little end first",
    files: file(encode(yaml, "utf16le", false)),
    result,
    notKubectl: utf16,
  },
  {
    name: "UTF-16 without mark, big end first",
    files: file(encode(yaml, "utf16be", false)),
    result,
    notKubectl: utf16,
  },
  {
    name: "bytes that are no text",
    files: file(new Uint8Array([0x61, 0xff, 0xfe, 0x80])),
    result: { error: "it is no text in UTF-8 or UTF-16" },
  },
  { name: "Windows line ends", files: file(yaml.replaceAll("\n", "\r\n")), result },
  { name: "without apiVersion and kind", files: file(yaml.replace("apiVersion: v1\nkind: Config\n", "")), result },
  {
    name: "another apiVersion",
    files: file(yaml.replace("apiVersion: v1", "apiVersion: v2")),
    result: { error: "it must be of apiVersion v1 and kind Config, not v2 and Config" },
  },
  { name: "another kind", files: file(yaml.replace("kind: Config", "kind: Pod")), result: { error: "not v1 and Pod" } },
  {
    name: "a list at the top",
    files: file("- a\n"),
    result: { error: "it must be a map with clusters, users and contexts" },
  },
  {
    name: "a text at the top",
    files: file("hello"),
    result: { error: "it must be a map with clusters, users and contexts" },
  },
  { name: "of several documents the first counts", files: file(`${yaml}---\ncurrent-context: other\n`), result },
  { name: "a document marker before the first", files: file(`---\n${yaml}`), result },
  {
    name: "broken YAML names the place",
    files: file("apiVersion: v1\nkind: [Config\n"),
    result: { error: "/v/home/.kube/config: not valid YAML at line 3, column 1" },
  },
  {
    name: "a tab as indentation",
    files: file("clusters:\n\t- name: a\n"),
    result: { error: "not valid YAML at line 2" },
  },
  {
    name: "a key that stands twice",
    files: file(yaml.replace("server: https://a", "server: https://x, server: https://a")),
    result: { error: "DUPLICATE_KEY" },
    notKubectl: "kubectl takes the last, in silence",
  },
  {
    name: "anchors and merge keys",
    files: file(
      `x-base: &base { server: https://a, tls-server-name: base }\n${yaml.replace("cluster: { server: https://a }", "cluster: { <<: *base, tls-server-name: own }")}`,
    ),
    result: { ...result, tlsServerName: "own" },
  },
  {
    name: "a bomb of aliases",
    files: file(bomb()),
    result: { error: "its YAML cannot be read: nested too deeply, too many aliases" },
    notKubectl: "kubectl reads it to its end",
  },
  {
    name: "nesting without end",
    files: file(`x: ${"[".repeat(20_000)}`),
    result: { error: "Invalid kubeconfig: /v/home/.kube/config: " },
  },
  {
    name: "unknown fields are no error",
    files: file(`${yaml}preferences: { colors: true }\nextensions: [{ name: x, extension: { y: 1 } }]\nfuture: yes\n`),
    result,
  },
  { name: "null sections", files: file(`${yaml}extensions: null\n`), result },
  {
    name: "empty sections",
    files: file("current-context: ''\nclusters: null\ncontexts: []\nusers:\n"),
    result: { error: "is empty" },
  },
  {
    name: "a section that is no list",
    files: file("clusters: { a: b }\n"),
    result: { error: "/v/home/.kube/config: clusters must be a list" },
  },
  {
    name: "an entry that is no map",
    files: file("clusters: [a]\n"),
    result: { error: "entry 1 of clusters in /v/home/.kube/config: it must be a map with name and cluster" },
  },
  {
    name: "a name that is a number",
    files: file("users: [{ name: ok }, { name: 5 }]\n"),
    result: { error: "entry 2 of users in /v/home/.kube/config: name must be text; put it in quotes" },
  },
  {
    name: "a name in quotes that looks like a number",
    files: file(config('"5"', "server: https://a")),
    result: { context: "5", server: "https://a" },
  },
  {
    name: "a name that stands twice in a file",
    files: file("contexts: [{ name: a, context: {} }, { name: a, context: {} }]\n"),
    result: { error: 'entry 2 of contexts in /v/home/.kube/config: the name "a" stands there twice' },
  },
  {
    name: "a body that is no map",
    files: file("clusters: [{ name: a, cluster: here }]\n"),
    result: { error: "cluster must be a map" },
  },
  {
    name: "a current-context that is a number",
    files: file(yaml.replace("current-context: a", "current-context: 5")),
    result: { error: "current-context must be text; put it in quotes" },
  },
  {
    name: "names that every object has",
    files: file(config("constructor", "server: https://a", "token: ta")),
    result: { ...result, context: "constructor" },
  },
  {
    name: "__proto__ as a name",
    files: file(config("__proto__", "server: https://a", "token: ta")),
    result: { ...result, context: "__proto__" },
  },
  { name: "__proto__ as a key is data", files: file(`__proto__: { current-context: evil }\n${yaml}`), result },
  {
    name: "names with spaces, slashes and other scripts",
    files: file(config('"gke/prod €uro 日本"', "server: https://a")),
    result: { context: "gke/prod €uro 日本", server: "https://a" },
  },
  {
    name: "an entry without a name",
    files: file(`${yaml.replace("users:\n", "users:\n- user: { token: other }\n")}`),
    result,
  },
  {
    name: "another entry that is wrong spoils nothing",
    files: file(yaml.replace("clusters:\n", "clusters:\n- name: wrong\n  cluster: { server: 5 }\n")),
    result,
    notKubectl: "kubectl reads every entry before it chooses",
  },
];

function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, i) => `x${i + 1}: &x${i + 1} [${Array.from({ length: 9 }, () => `*x${i}`).join(", ")}]`,
  );
  return `x0: &x0 [lol]\n${levels.join("\n")}\n`;
}
