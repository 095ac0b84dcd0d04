import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { call, done, heading, line } from "../print.ts";
import type { Tour } from "../tour.ts";

const patience = 60;

export async function deleteAll({ cluster, namespace }: Tour): Promise<void> {
  heading("And away with it");
  const pods = cluster.api(CoreV1).pods.in(namespace);
  const { items, metadata } = await pods.list({ labelSelector: "app=clock" });
  const left = new Set(items.map((pod) => pod.metadata.name));

  call('await deployments.delete("clock", { propagationPolicy: "Foreground" })');
  const { done: gone } = await cluster
    .api(AppsV1)
    .deployments.in(namespace)
    .delete("clock", { propagationPolicy: "Foreground" });
  line(gone ? "gone" : "not gone yet: the server waits for what it owns");

  if (left.size > 0) {
    call("for await (const { type, object } of pods.watch({ resourceVersion })) …");
    const { resourceVersion } = metadata;
    const changes = pods.watch({ labelSelector: "app=clock", resourceVersion, timeoutSeconds: patience });
    for await (const event of changes) {
      if (event.type !== "DELETED") continue;
      left.delete(event.object.metadata.name);
      done(`${event.object.metadata.name} is gone`);
      if (left.size === 0) break;
    }
  }
  if (left.size > 0) throw new Error(`${[...left].join(", ")} were still there after ${patience} seconds`);
}
