import { informer, waitFor } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { call, done, heading, line } from "../print.ts";
import type { Tour } from "../tour.ts";

/** Follows the Deployment's pods in a cache while it is scaled, until there are as many as wanted. */
export async function cachePods({ cluster, namespace }: Tour, wanted: number): Promise<void> {
  heading("An informer keeps them at hand, waitFor waits for the rollout");
  const pods = cluster.api(CoreV1).pods.in(namespace);
  const deployments = cluster.api(AppsV1).deployments.in(namespace);
  call(
    'const cache = informer(pods, { labelSelector: { app: "clock" }, index: { node: (pod) => [pod.spec.nodeName] } })',
  );
  const cache = informer(pods, {
    labelSelector: { app: "clock" },
    index: { node: (pod) => [pod.spec.nodeName] },
  });
  try {
    await cache.synced({ timeoutMs: 60_000 });
    for (const node of cache.keys("node")) line(`${cache.byIndex("node", node).length} pods on ${node}`);

    call(`await deployments.scale.patch("clock", { merge: { spec: { replicas: ${wanted} } } })`);
    await deployments.scale.patch("clock", { merge: { spec: { replicas: wanted } } });
    call('await waitFor(deployments, "clock", "rolledOut")');
    const { status } = await waitFor(deployments, "clock", "rolledOut");
    done(`${status.availableReplicas ?? 0} replicas are available`);

    call("for await (const { type, object } of cache.subscribe()) …");
    for await (const { type, object } of cache.subscribe()) {
      line(`${type.padEnd(8)}  ${object.metadata.name}`);
      if (cache.size === wanted) break;
    }
    done(`${cache.size} pods are left, and the cache knows`);
  } finally {
    await cache.close();
  }
}
