import { createCluster, createWebTransport } from "@kubewright/core/web";
import { CoreV1 } from "@kubewright/api/core/v1";
const cluster = createCluster({
  transport: createWebTransport({ server: "/k8s" }),
  protobuf: () => import("@kubewright/protobuf").then(({ protobuf }) => protobuf),
});
const { items } = await cluster.api(CoreV1).pods.in("default").list();
for (const pod of items) console.log(pod.metadata.name);
