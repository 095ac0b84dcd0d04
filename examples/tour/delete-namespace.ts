import type { Cluster } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const patience = 60;

/** Deletes a namespace and waits until the server has emptied and removed it. */
export async function deleteNamespace(cluster: Cluster, name: string): Promise<void> {
  const { namespaces } = cluster.api(CoreV1);
  await namespaces.delete(name);
  const fieldSelector = { "metadata.name": name };
  const { items, metadata } = await namespaces.list({ fieldSelector });
  if (items.length === 0) return;
  const { resourceVersion } = metadata;
  for await (const { type } of namespaces.watch({ fieldSelector, resourceVersion, timeoutSeconds: patience })) {
    if (type === "DELETED") return;
  }
  throw new Error(`it is still being deleted after ${patience} seconds`);
}
