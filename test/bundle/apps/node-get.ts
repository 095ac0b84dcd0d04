import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const cluster = await connect();
const { metadata } = await cluster.api(CoreV1).pods.in("default").get("a");
console.log(metadata.name);
await cluster.close();
