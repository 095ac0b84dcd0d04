import { CoreV1Api, KubeConfig, makeInformer } from "@kubernetes/client-node";

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
    async informer({ resource, namespace, changed }) {
      const [path, list] =
        resource === "pods"
          ? ["/api/v1/pods", () => core.listPodForAllNamespaces()]
          : [`/api/v1/namespaces/${namespace}/configmaps`, () => core.listNamespacedConfigMap({ namespace })];
      const informer = makeInformer(config, path, list);
      for (const verb of ["add", "update", "delete"]) informer.on(verb, changed);
      let closed = false;
      informer.on("error", () => setTimeout(() => closed || void informer.start(), 1000));
      await informer.start();
      const close = () => {
        closed = true;
        return informer.stop();
      };
      return { list: () => informer.list(), close };
    },
    close: async () => {},
  };
}
