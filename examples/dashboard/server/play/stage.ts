import type { Cluster } from "kubewright";
import { AppsV1, type DaemonSet, type Deployment, type StatefulSet } from "kubewright/apps/v1";
import { CoreV1, type PodTemplateSpec } from "kubewright/core/v1";
import { actors, nodes, type Actor } from "./actors.ts";

/** Creates the nodes, namespaces and workloads of the played cluster. Their pods are the controllers' affair. */
export async function setStage(cluster: Cluster): Promise<void> {
  const core = cluster.api(CoreV1);
  for (const [name, zone] of Object.entries(nodes)) {
    await core.nodes.create({ metadata: { name, labels: { "topology.kubernetes.io/zone": zone } } });
    await core.nodes.status.patch(name, { merge: { status: nodeStatus() } });
  }
  for (const name of new Set(actors.map(({ namespace }) => namespace))) {
    await core.namespaces.create({ metadata: { name } });
  }
  for (const actor of actors) await enter(cluster, actor);
}

function nodeStatus() {
  const lastTransitionTime = new Date().toISOString();
  const capacity = { cpu: "16", memory: "64Gi", pods: "250" };
  return {
    capacity,
    allocatable: capacity,
    conditions: [{ type: "Ready", status: "True", reason: "KubeletReady", lastTransitionTime }],
  };
}

async function enter(cluster: Cluster, { kind, namespace, name, replicas, containers }: Actor): Promise<void> {
  const apps = cluster.api(AppsV1);
  const labels = { app: name };
  const template: PodTemplateSpec = {
    metadata: { labels },
    spec: {
      containers: Object.entries(containers).map(([name, image]) => ({
        name,
        image,
        resources: { requests: { cpu: "100m", memory: "128Mi" } },
      })),
    },
  };
  const metadata = { name, labels };
  const spec = { selector: { matchLabels: labels }, template };
  if (kind === "Deployment") {
    await apps.deployments.in(namespace).create({ metadata, spec: { ...spec, replicas } } satisfies Deployment);
  } else if (kind === "StatefulSet") {
    const set: StatefulSet = { metadata, spec: { ...spec, replicas, serviceName: name } };
    await apps.statefulSets.in(namespace).create(set);
  } else {
    await apps.daemonSets.in(namespace).create({ metadata, spec } satisfies DaemonSet);
  }
}
