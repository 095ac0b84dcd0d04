import { AppsV1 } from "kubewright/apps/v1";
import { call, done, heading } from "../print.ts";
import type { Tour } from "../tour.ts";

export async function patchDeployment({ cluster, namespace }: Tour): Promise<void> {
  heading("Patches");
  const deployments = cluster.api(AppsV1).deployments.in(namespace);
  call('await deployments.patch("clock", { merge: { metadata: { labels: { tour: "yes" } } } })');
  const { metadata } = await deployments.patch("clock", { merge: { metadata: { labels: { tour: "yes" } } } });
  done(`labels are now ${JSON.stringify(metadata.labels)}`);
}
