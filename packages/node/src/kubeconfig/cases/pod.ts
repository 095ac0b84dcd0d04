import { config, type KubeconfigCase } from "./kubeconfig-case.ts";

const account = "/var/run/secrets/kubernetes.io/serviceaccount";
const env = { KUBERNETES_SERVICE_HOST: "10.96.0.1", KUBERNETES_SERVICE_PORT: "443" };
const files = { [`${account}/token`]: "t\n", [`${account}/ca.crt`]: "ca", [`${account}/namespace`]: "shop\n" };
const result = {
  source: "in-cluster",
  namespace: "shop",
  server: "https://10.96.0.1",
  ca: `@${account}/ca.crt`,
  tokenFile: `${account}/token`,
};
const notKubectl = "the folder of the service account cannot be moved";

function row(name: string, changes: Partial<KubeconfigCase>): KubeconfigCase {
  return { name: `pod: ${name}`, files, env, result, notKubectl, ...changes };
}

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== `${account}/${name}`));
}

/** The configuration of a pod. */
export const pod: readonly KubeconfigCase[] = [
  row("a service account", {}),
  row("another port", {
    env: { ...env, KUBERNETES_SERVICE_PORT: "6443" },
    result: { ...result, server: "https://10.96.0.1:6443" },
  }),
  row("IPv6", {
    env: { ...env, KUBERNETES_SERVICE_HOST: "fd00::1" },
    result: { ...result, server: "https://[fd00::1]" },
  }),
  row("a name as host", {
    env: { ...env, KUBERNETES_SERVICE_HOST: "kubernetes.default" },
    result: { ...result, server: "https://kubernetes.default" },
  }),
  row("POD_NAMESPACE goes before the file", {
    env: { ...env, POD_NAMESPACE: "pods" },
    result: { ...result, namespace: "pods" },
  }),
  row("no namespace file", {
    files: without("namespace"),
    result: Object.fromEntries(Object.entries(result).filter(([key]) => key !== "namespace")),
  }),
  row("the namespace option", { options: { namespace: "mine" }, result: { ...result, namespace: "mine" } }),
  row("no authorities: the system's count, as in client-go", {
    files: without("ca.crt"),
    result: Object.fromEntries(Object.entries(result).filter(([key]) => key !== "ca")),
  }),
  row("no token", {
    files: without("token"),
    result: { error: `this is a pod, but ${account}/token is missing (automountServiceAccountToken: false?)` },
  }),
  row("an unreadable token", {
    files: { ...files, [`${account}/token`]: "unreadable" },
    result: { error: `Unreadable service account: ${account}/token (EACCES)` },
  }),
  row("no environment", {
    env: {},
    result: { error: "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set, so this is no pod" },
  }),
  row("half an environment", { env: { KUBERNETES_SERVICE_HOST: "10.96.0.1" }, result: { error: "so this is no pod" } }),
  row("a kubeconfig goes before the pod", {
    files: { ...files, "/v/home/.kube/config": config("a", "server: https://a") },
    result: { context: "a", server: "https://a" },
  }),
  row("a kubeconfig without a context does not", { files: { ...files, "/v/home/.kube/config": "clusters: []\n" } }),
  row("an explicit kubeconfig without a context does not fall back", {
    files: { ...files, "/v/x": "{}" },
    options: { kubeconfig: "/v/x" },
    result: { error: "No context" },
  }),
  row("a broken kubeconfig is an error, not a reason to use the pod's", {
    files: { ...files, "/v/home/.kube/config": "a: [" },
    result: { error: "not valid YAML" },
  }),
  row("a context option needs a kubeconfig", { options: { context: "a" }, result: { error: "No kubeconfig" } }),
  row("a token of the options replaces the pod's", {
    options: { token: "mine" },
    result: { ...result, tokenFile: undefined, token: "mine" },
  }),
  row("impersonation", { options: { impersonate: { user: "jane" } }, result: { ...result, as: { user: "jane" } } }),
  row("a server alone is not the pod's", {
    options: { server: "https://b" },
    result: { source: "options", server: "https://b" },
  }),
];
