// Lists the pods of a namespace, or of all namespaces: node examples/list-pods.ts [NAMESPACE]
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const [namespace] = process.argv.slice(2);
const cluster = await connect();
const { pods } = cluster.api(CoreV1);

// Page by page: never more than 100 pods in memory, however many there are.
for await (const pod of (namespace === undefined ? pods : pods.in(namespace)).each({ limit: 100 })) {
  console.log(`${pod.metadata.namespace}/${pod.metadata.name}  ${pod.status.phase ?? "Unknown"}`);
}
await cluster.close();
