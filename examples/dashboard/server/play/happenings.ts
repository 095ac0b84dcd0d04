import { randomBytes } from "node:crypto";
import type { Cached, Cluster } from "kubewright";
import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { BatchV1 } from "kubewright/batch/v1";
import { CoreV1, type Pod } from "kubewright/core/v1";
import { actors } from "./actors.ts";
import { between } from "./kubelet.ts";

/** What the happenings choose from. */
export interface Scene {
  readonly deployments: readonly Cached<Deployment>[];
  readonly pods: readonly Cached<Pod>[];
}

/** Lets one thing happen, as people and machines would: a scaling, a lost pod, a rollout, a job. */
export async function somethingHappens(cluster: Cluster, { deployments, pods }: Scene): Promise<void> {
  const apps = cluster.api(AppsV1).deployments;
  const deployment = anyOf(deployments);
  if (deployment === undefined) return;
  const { name, namespace } = deployment.metadata;
  const chance = Math.random();
  if (chance < 0.35) {
    // Around what it began with, so that a long play neither grows nor dies out.
    const usual = actors.find((one) => one.namespace === namespace && one.name === name)?.replicas ?? 2;
    const replicas = Math.max(1, usual + between(-2, 3));
    await apps.in(namespace).scale.patch(name, { merge: { spec: { replicas } } });
  } else if (chance < 0.6) {
    const pod = anyOf(pods.filter((one) => one.status.phase === "Running"));
    if (pod !== undefined) await cluster.api(CoreV1).pods.in(pod.metadata.namespace).delete(pod.metadata.name);
  } else if (chance < 0.8) {
    await apps.in(namespace).modify(name, ({ spec }) => {
      const [container] = spec.template.spec?.containers ?? [];
      if (container !== undefined) container.image = nextPatch(container.image ?? "");
    });
  } else await runJob(cluster);
}

async function runJob(cluster: Cluster): Promise<void> {
  const jobs = cluster.api(BatchV1).jobs.in("insight");
  const { items } = await jobs.list();
  const [oldest] = items.toSorted((one, other) =>
    one.metadata.creationTimestamp < other.metadata.creationTimestamp ? -1 : 1,
  );
  if (items.length > 4 && oldest !== undefined)
    await jobs.delete(oldest.metadata.name, { propagationPolicy: "Background" });
  await jobs.create({
    metadata: { name: `report-${randomBytes(2).toString("hex")}`, labels: { app: "report" } },
    spec: {
      completions: between(1, 3),
      template: {
        metadata: { labels: { app: "report" } },
        spec: { restartPolicy: "Never", containers: [{ name: "report", image: "registry.example/report:1.4.0" }] },
      },
    },
  });
}

/** `app:1.2.3` becomes `app:1.2.4`. */
function nextPatch(image: string): string {
  return image.replace(/\d+$/, (patch) => String(Number(patch) + 1));
}

function anyOf<T>(all: readonly T[]): T | undefined {
  return all[Math.floor(Math.random() * all.length)];
}
