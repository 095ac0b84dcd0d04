// Prints what happens to the Deployments of a namespace until Ctrl-C: node examples/watch-deployments.ts [NAMESPACE]
import { connect, informer } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";

const cluster = await connect();
const cache = informer(cluster.api(AppsV1).deployments.in(process.argv[2]));
process.once("SIGINT", () => void cache.close());
await cache.synced();

// What breaks in between is healed; the loop ends with the informer.
for await (const { type, object, previous } of cache.subscribe()) {
  const { metadata, spec, status } = object;
  const ready = `${status.readyReplicas ?? 0}/${spec.replicas ?? 1} ready`;
  console.log(
    `${type}  ${metadata.name}  ${ready}`,
    previous === undefined ? "" : `(was ${previous.status.readyReplicas ?? 0})`,
  );
}
await cluster.close();
