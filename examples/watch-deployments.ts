// Prints what happens to the Deployments of a namespace until Ctrl-C: node examples/watch-deployments.ts [NAMESPACE]
import { connect } from "kubewright";
import { AppsV1, type Deployment } from "kubewright/apps/v1";

const cluster = await connect();
const deployments = cluster.api(AppsV1).deployments.in(process.argv[2]);
const show = (what: string, { metadata, spec, status }: Deployment): void =>
  console.log(`${what}  ${metadata?.name}  ${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1} ready`);

const { items, metadata } = await deployments.list();
for (const deployment of items) show("EXISTS", deployment);

// From the list's version on, so that nothing in between is missed.
const changes = deployments.watch({ resourceVersion: metadata.resourceVersion });
process.once("SIGINT", () => void changes.close());
for await (const event of changes) {
  if (event.type !== "BOOKMARK") show(event.type, event.object);
}
// Here after Ctrl-C, or when the server ended the watch, as it does after half an hour or more.
await cluster.close();
