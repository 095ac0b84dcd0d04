import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const cluster = await connect();
const { items } = await cluster.api(CoreV1).pods.in("default").list();
console.log(JSON.stringify(items.map(({ metadata }) => metadata.name)));
await cluster.close();
