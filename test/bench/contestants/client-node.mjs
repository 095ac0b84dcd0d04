import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";

export async function open({ kubeconfig }) {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  return {
    get: (name) => core.readNamespacedConfigMap({ name, namespace: "default" }),
    pods: async (limit) => (await core.listPodForAllNamespaces({ limit })).items,
    async eachPod(take) {
      let next;
      do {
        const { items, metadata } = await core.listPodForAllNamespaces({ limit: 500, _continue: next });
        items.forEach(take);
        next = metadata._continue;
      } while (next);
    },
    close: async () => {},
  };
}
