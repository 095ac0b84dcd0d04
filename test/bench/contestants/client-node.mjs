import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";

export async function open({ kubeconfig }) {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  return { get: (name) => core.readNamespacedConfigMap({ name, namespace: "default" }), close: async () => {} };
}
