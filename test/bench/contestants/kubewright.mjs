import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

export async function open({ kubeconfig, protocol, encoding, managedFields }) {
  const cluster = await connect({ kubeconfig, protocol, encoding });
  const { configMaps, pods } = cluster.api(CoreV1);
  const inDefault = configMaps.in("default");
  return {
    get: (name) => inDefault.get(name),
    pods: async (limit) => (await pods.list({ limit })).items,
    podsMetadata: async () => (await pods.metadata.list()).items,
    async eachPod(take) {
      for await (const pod of pods.each()) take(pod);
    },
    async informer({ resource, namespace, changed }) {
      const { informer } = await import("kubewright");
      const cache = informer(resource === "pods" ? pods : configMaps.in(namespace), { managedFields });
      cache.subscribe(changed);
      await cache.synced();
      return cache;
    },
    version: () => cluster.version(),
    close: () => cluster.close(),
  };
}
