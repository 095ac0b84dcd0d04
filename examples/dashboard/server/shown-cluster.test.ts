import { waitFor } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";
import { openPlayedCluster } from "./shown-cluster.ts";

test("a played cluster gets ready, writes logs, scales, and ends", async () => {
  const { cluster, played, close } = await openPlayedCluster(12);
  const deployments = cluster.api(AppsV1).deployments.in("platform");
  const pods = cluster.api(CoreV1).pods;
  await waitFor(deployments, "grafana", "rolledOut");
  const { items } = await pods.in("platform").list({ labelSelector: { app: "grafana" } });
  const [name = ""] = items.map(({ metadata }) => metadata.name);
  let lines = 0;
  for await (const line of pods.in("platform").log(name, { follow: true, tailLines: 5 })) {
    expect(line).not.toBe("");
    if (++lines === 6) break;
  }
  await deployments.scale.patch("grafana", { merge: { spec: { replicas: 3 } } });
  await waitFor(deployments, "grafana", "rolledOut");
  const crowd = await pods.list({ labelSelector: { app: "extra" } });
  expect(crowd.items).toHaveLength(12);
  await close();
  await played;
});
