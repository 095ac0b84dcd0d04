import { CoreV1 } from "@kubewright/api/core/v1";
import { createCluster, createWebTransport } from "@kubewright/core/web";

const cluster = createCluster({ transport: createWebTransport({ server: "/k8s" }) });
const { items } = await cluster.api(CoreV1).pods.in("default").list();
for (const pod of items) console.log(pod.metadata.name);
