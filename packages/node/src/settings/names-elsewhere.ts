const server = "write server";
const ca = "write ca, the PEM text: decode base64 or read the file first";
const cert = "write cert, the PEM text: decode base64 or read the file first";
const key = "write key, the PEM text: decode base64 or read the file first";
const insecure = "write insecureSkipTlsVerify";
const tokenFile = "write token, as text or as a function that reads the file";
const basic = "write basicAuth: { username, password }";
const impersonate = "write impersonate: { user, groups, uid, extra }";
const rateLimit = "write rateLimit: { qps, burst }";
const text = "write kubeconfigText";
const usual = "leave it out: connect() without options looks where kubectl does, then in the pod";

/**
 * What options are called in `@kubernetes/client-node` (KubeConfig, Cluster, User), in client-go (rest.Config) and as flags of
 * kubectl, in lower case without separators, and what to write here.
 */
const names: ReadonlyMap<string, string> = new Map([
  ["host", server],
  ["apiserver", server],
  ["baseurl", server],
  ["url", server],
  ["cadata", ca],
  ["cafile", ca],
  ["certificateauthority", ca],
  ["certificateauthoritydata", ca],
  ["certdata", cert],
  ["certfile", cert],
  ["clientcertificate", cert],
  ["clientcertificatedata", cert],
  ["keydata", key],
  ["keyfile", key],
  ["clientkey", key],
  ["clientkeydata", key],
  ["skiptlsverify", insecure],
  ["insecure", insecure],
  ["insecureskipverify", insecure],
  ["rejectunauthorized", insecure],
  ["servername", "write tlsServerName"],
  ["bearertoken", "write token"],
  ["bearertokenfile", tokenFile],
  ["tokenfile", tokenFile],
  ["username", basic],
  ["password", basic],
  ["impersonateuser", impersonate],
  ["impersonategroups", impersonate],
  ["as", impersonate],
  ["asgroup", impersonate],
  ["qps", rateLimit],
  ["burst", rateLimit],
  ["timeout", "write timeoutMs, in milliseconds"],
  ["currentcontext", "write context"],
  ["loadfromfile", "write kubeconfig, the path"],
  ["loadfromstring", text],
  ["loadfromoptions", text],
  ["loadfromdefault", usual],
  [
    "loadfromcluster",
    "write inCluster: true, or leave it out: a pod's service account is found when there is no kubeconfig",
  ],
]);

/** What to write for an option as it is called elsewhere; undefined for a name that is known nowhere. */
export function nameElsewhere(option: string): string | undefined {
  return names.get(option.toLowerCase().replace(/[-_]/g, ""));
}
