import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
const cluster = await connect();
const { items } = await cluster.api(CoreV1).pods.in("default").list();
for (const pod of items) console.log(pod.metadata.name);
await cluster.close();
