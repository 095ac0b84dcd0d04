// Runs in a pod: connect() finds its service account, whose Role must allow to list pods in the pod's own namespace.
import { connect, isForbidden } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const cluster = await connect();
try {
  // .in() without a name is the pod's own namespace.
  const { items } = await cluster.api(CoreV1).pods.in().list();
  console.log(
    `${cluster.namespace} has ${items.length} pods: ${items.map(({ metadata }) => metadata.name).join(", ")}`,
  );
} catch (error) {
  if (!isForbidden(error)) throw error;
  console.error(`The service account may not list pods: bind a Role to it. ${error.message}`);
  process.exitCode = 1;
}
await cluster.close();
