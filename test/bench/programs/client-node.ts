import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
const config = new KubeConfig();
config.loadFromDefault();
const { items } = await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: "default" });
for (const pod of items) console.log(pod.metadata?.name);
