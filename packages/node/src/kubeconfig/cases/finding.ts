import { config, type KubeconfigCase } from "./kubeconfig-case.ts";

const a = config("a", "server: https://a", "token: ta");
const b = config("b", "server: https://b", "token: tb");
const resultA = { context: "a", server: "https://a", token: "ta" };
const resultB = { context: "b", server: "https://b", token: "tb" };
const home = "/v/home/.kube/config";
const inMemory = "kubectl takes no text";
const ours = "an error of connect()";

/** Which files are read, and what of each counts. */
export const finding: readonly KubeconfigCase[] = [
  { name: "~/.kube/config", files: { [home]: a }, result: resultA },
  {
    name: "$HOME goes before the system's home",
    files: { "/v/h/.kube/config": a, [home]: b },
    env: { HOME: "/v/h" },
    result: resultA,
  },
  {
    name: "an empty $HOME is none",
    files: { [home]: a },
    env: { HOME: "" },
    result: resultA,
    notKubectl: "kubectl then reads .kube/config of the working folder",
  },
  {
    name: "KUBECONFIG goes before the home",
    files: { "/v/a": a, [home]: b },
    env: { KUBECONFIG: "/v/a" },
    result: resultA,
  },
  { name: "an empty KUBECONFIG is none", files: { [home]: a }, env: { KUBECONFIG: "" }, result: resultA },
  {
    name: "an explicit path goes before KUBECONFIG",
    files: { "/v/a": a, "/v/b": b },
    env: { KUBECONFIG: "/v/b" },
    options: { kubeconfig: "/v/a" },
    result: resultA,
  },
  {
    name: "a relative explicit path is relative to the working folder",
    files: { "/v/work/conf/a": a },
    options: { kubeconfig: "conf/a" },
    result: resultA,
  },
  { name: "a relative path in KUBECONFIG too", files: { "/v/work/a": a }, env: { KUBECONFIG: "a" }, result: resultA },
  {
    name: "an explicit path must exist",
    files: { [home]: a },
    options: { kubeconfig: "/v/absent" },
    result: { error: "No kubeconfig: there is no file /v/absent" },
  },
  {
    name: "a text goes before everything",
    files: { [home]: a },
    env: { KUBECONFIG: home },
    options: { kubeconfigText: b },
    result: resultB,
    notKubectl: inMemory,
  },
  {
    name: "files of KUBECONFIG that do not exist are passed over",
    files: { "/v/b": b },
    env: { KUBECONFIG: "/v/absent:/v/b" },
    result: resultB,
  },
  {
    name: "when none of KUBECONFIG exists, the home is not read",
    files: { [home]: a },
    env: { KUBECONFIG: "/v/x:/v/y" },
    result: { error: "KUBECONFIG (/v/x, /v/y) does not exist" },
  },
  {
    name: "empty parts of KUBECONFIG are passed over",
    files: { "/v/a": a },
    env: { KUBECONFIG: "::/v/a:" },
    result: resultA,
  },
  {
    name: "a file that stands twice in KUBECONFIG is one",
    files: { "/v/a": a },
    env: { KUBECONFIG: "/v/a:/v/a" },
    result: resultA,
  },
  {
    name: "an unreadable file is an error",
    files: { "/v/a": "unreadable", "/v/b": b },
    env: { KUBECONFIG: "/v/a:/v/b" },
    result: { error: "Unreadable kubeconfig: /v/a (EACCES)" },
    notKubectl: "tests may run as root, who reads everything",
  },
  {
    name: "nothing anywhere",
    result: { error: "No configuration: KUBECONFIG is not set, /v/home/.kube/config does not exist" },
  },
  {
    name: "an empty file",
    files: { [home]: "" },
    result: { error: "No configuration: KUBECONFIG is not set, /v/home/.kube/config is empty" },
  },
  { name: "a file of comments", files: { [home]: "# nothing yet\n" }, result: { error: "is empty" } },
  {
    name: "an empty text",
    options: { kubeconfigText: "{}" },
    result: { error: "No context: kubeconfigText has no current-context; pass `context` (there are no contexts)" },
    notKubectl: inMemory,
  },

  {
    name: "the first current-context counts",
    files: { "/v/a": a, "/v/b": b },
    env: { KUBECONFIG: "/v/a:/v/b" },
    result: resultA,
  },
  {
    name: "the first current-context counts, also the other way round",
    files: { "/v/a": a, "/v/b": b },
    env: { KUBECONFIG: "/v/b:/v/a" },
    result: resultB,
  },
  {
    name: "an empty current-context leaves it to the next file",
    files: { "/v/x": "current-context: ''\n", "/v/b": b },
    env: { KUBECONFIG: "/v/x:/v/b" },
    result: resultB,
  },
  {
    name: "context, cluster and user may stand in different files",
    files: {
      "/v/1": "current-context: x\n",
      "/v/2": "contexts: [{ name: x, context: { cluster: c, user: u, namespace: shop } }]\n",
      "/v/3": "clusters: [{ name: c, cluster: { server: https://c } }]\n",
      "/v/4": "users: [{ name: u, user: { token: t } }]\n",
    },
    env: { KUBECONFIG: "/v/1:/v/2:/v/3:/v/4" },
    result: { context: "x", namespace: "shop", server: "https://c", token: "t" },
  },
  {
    name: "of two clusters with one name the first counts whole, without fields of the second",
    files: {
      "/v/1": config("x", "server: https://one", "token: t1"),
      "/v/2": config(
        "x",
        "server: https://two, tls-server-name: two, insecure-skip-tls-verify: true",
        "token: t2, as: two",
      ),
    },
    env: { KUBECONFIG: "/v/1:/v/2" },
    result: { context: "x", server: "https://one", token: "t1" },
  },
  {
    name: "a later file adds entries that the first has not",
    files: {
      "/v/1": "current-context: b\nusers: [{ name: b, user: { token: other } }]\n",
      "/v/2": b,
    },
    env: { KUBECONFIG: "/v/1:/v/2" },
    result: { context: "b", server: "https://b", token: "other" },
  },
  {
    name: "a context of a later file by name",
    files: { "/v/a": a, "/v/b": b },
    env: { KUBECONFIG: "/v/a:/v/b" },
    options: { context: "b" },
    result: resultB,
  },
  {
    name: "relative files are relative to the file they stand in",
    files: {
      "/v/1/config":
        "current-context: x\ncontexts: [{ name: x, context: { cluster: c, user: u } }]\nclusters: [{ name: c, cluster: { server: https://c, certificate-authority: ca.crt } }]\n",
      "/v/2/sub/config": "users: [{ name: u, user: { tokenFile: ../token } }]\n",
      "/v/1/ca.crt": "-----BEGIN CERTIFICATE-----\nQUFB\n-----END CERTIFICATE-----\n",
    },
    env: { KUBECONFIG: "/v/1/config:/v/2/sub/config" },
    result: { context: "x", server: "https://c", ca: "@/v/1/ca.crt", tokenFile: "/v/2/token" },
  },
  {
    name: "a broken file of the list is an error, though another would do",
    files: { "/v/a": a, "/v/b": "clusters: {" },
    env: { KUBECONFIG: "/v/a:/v/b" },
    result: { error: "Invalid kubeconfig: /v/b: not valid YAML at line 1" },
  },

  {
    name: "a context by name",
    files: { [home]: a.replace("current-context: a\n", "") },
    options: { context: "a" },
    result: resultA,
  },
  {
    name: "no current-context",
    files: { [home]: a.replace("current-context: a\n", "") },
    result: { error: 'No context: /v/home/.kube/config has no current-context; pass `context` (there are "a")' },
  },
  {
    name: "a current-context that does not exist",
    files: { [home]: a.replace("current-context: a", "current-context: gone") },
    result: {
      error: 'Unknown context: current-context of /v/home/.kube/config is "gone", which does not exist; there are "a"',
    },
  },
  {
    name: "a context option that does not exist names the nearest",
    files: { [home]: config("production", "server: https://a") },
    options: { context: "prodution" },
    result: { error: 'context is "prodution", which does not exist; did you mean "production"?' },
  },
  {
    name: "a context option without any kubeconfig",
    options: { context: "x" },
    result: { error: 'No kubeconfig: there is none in which context "x" could stand' },
  },
  {
    name: "a context option, a bad current-context",
    files: { [home]: a.replace("current-context: a", "current-context: gone") },
    options: { context: "a" },
    result: resultA,
  },
  {
    name: "a context whose cluster does not exist",
    files: { [home]: a.replace("cluster: a,", "cluster: aa,") },
    result: { error: 'context "a" in /v/home/.kube/config: there is no cluster "aa"; did you mean "a"?' },
  },
  {
    name: "a context whose user does not exist",
    files: { [home]: a.replace("user: a }", "user: nobody }") },
    result: { error: 'there is no user "nobody"' },
  },
  {
    name: "a context without user is nobody",
    files: { [home]: a.replace(", user: a }", " }") },
    result: { context: "a", server: "https://a" },
  },
  {
    name: "a context without cluster",
    files: { [home]: a.replace("cluster: a, ", "") },
    result: { error: "it names no cluster" },
    notKubectl: "kubectl config view shows a context without cluster",
  },
  {
    name: "the namespace of the context",
    files: { [home]: config("a", "server: https://a", "", "namespace: shop") },
    result: { context: "a", server: "https://a", namespace: "shop" },
  },
  {
    name: "a namespace that is none",
    files: { [home]: config("a", "server: https://a", "", "namespace: No_Such") },
    result: { error: "namespace must be a DNS label" },
    notKubectl: "kubectl finds out when it connects",
  },

  {
    name: "Windows: semicolons part KUBECONFIG",
    platform: "win32",
    files: { "C:\\b": b },
    env: { KUBECONFIG: "C:\\absent;C:\\b" },
    result: resultB,
    notKubectl: "Windows",
  },
  {
    name: "Windows: quotes hide semicolons",
    platform: "win32",
    files: { "C:\\x;y\\b": b },
    env: { KUBECONFIG: '"C:\\x;y\\b"' },
    result: resultB,
    notKubectl: "Windows",
  },
  {
    name: "Windows: a colon parts nothing",
    platform: "win32",
    files: { "C:\\a": a },
    env: { KUBECONFIG: "C:\\a" },
    result: resultA,
    notKubectl: "Windows",
  },
  {
    name: "Windows: the home that has a kubeconfig",
    platform: "win32",
    files: { "C:\\profile\\.kube\\config": a },
    env: { HOME: "C:\\h", USERPROFILE: "C:\\profile", HOMEDRIVE: "C:", HOMEPATH: "\\d" },
    result: resultA,
    notKubectl: "Windows",
  },
  {
    name: "Windows: HOMEDRIVE and HOMEPATH before USERPROFILE",
    platform: "win32",
    files: { "C:\\d\\.kube\\config": a, "C:\\profile\\.kube\\config": b },
    env: { USERPROFILE: "C:\\profile", HOMEDRIVE: "C:", HOMEPATH: "\\d" },
    result: resultA,
    notKubectl: "Windows",
  },
  {
    name: "Windows: relative files",
    platform: "win32",
    files: { "C:\\k\\config": config("a", "server: https://a", "tokenFile: sub/token") },
    options: { kubeconfig: "C:\\k\\config" },
    result: { context: "a", server: "https://a", tokenFile: "C:\\k\\sub\\token" },
    notKubectl: "Windows",
  },

  {
    name: "both, path and context",
    files: { "/v/a": a, "/v/b": b },
    options: { kubeconfig: "/v/b", context: "b" },
    result: resultB,
  },
  {
    name: "an explicit file without current-context does not fall back to anything",
    files: { "/v/x": "{}", [home]: a },
    options: { kubeconfig: "/v/x" },
    result: { error: "No context: /v/x has no current-context" },
  },
  {
    name: "a server alone reads no kubeconfig",
    files: { [home]: a },
    options: { server: "https://s" },
    result: { source: "options", server: "https://s" },
    notKubectl: ours,
  },
];
