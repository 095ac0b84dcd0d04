import { setTimeout } from "node:timers/promises";
import {
  type Cached,
  type Cluster,
  informer,
  isAlreadyExists,
  isForbidden,
  isNotFound,
  isOwnedBy,
  ownerReference,
} from "kubewright";
import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { CoreV1, type Pod } from "kubewright/core/v1";
import type { ApiServer } from "@kubewright/testing";
import { playPods } from "./play-pods.ts";

/** How long everything takes its time, in milliseconds. */
const pauseMs = 80;

/**
 * What the controllers and nodes of a whole cluster do with Deployments: their pods appear, get ready one after another, and go. The
 * API server inside the tour's own process has neither, so the tour plays them, as a test would. Gives what ends that.
 */
export async function playCluster(cluster: Cluster, api: ApiServer, namespace: string): Promise<() => Promise<void>> {
  const apps = cluster.api(AppsV1).deployments.in(namespace);
  const core = cluster.api(CoreV1).pods.in(namespace);
  const deployments = informer(apps);
  const pods = informer(core);
  await Promise.all([deployments.synced(), pods.synced()]);
  const containers = playPods(api, namespace);

  /** One look at everything, as a controller has it: whatever is not as it should be is brought one step nearer. */
  async function look(): Promise<void> {
    for (const { metadata } of pods.list()) {
      if (metadata.deletionTimestamp !== undefined) await core.delete(metadata.name, { gracePeriodSeconds: 0 });
    }
    const starting = pods.list().find(({ status }) => status.phase === "Pending")?.metadata.name;
    if (starting !== undefined) {
      await core.status.patch(starting, { merge: { status: running(starting) } });
      containers.begin(starting);
    }
    for (const deployment of deployments.list()) {
      if (deployment.metadata.deletionTimestamp === undefined) await keep(deployment);
    }
  }

  async function keep(deployment: Cached<Deployment>): Promise<void> {
    const { metadata, spec } = deployment;
    const wanted = Array.from({ length: spec.replicas ?? 1 }, (_, i) => `${metadata.name}-${i}`);
    const own = new Map(pods.list().flatMap((pod) => (isOwnedBy(pod, deployment) ? [[pod.metadata.name, pod]] : [])));
    for (const name of wanted) if (!own.has(name)) await core.create(podOf(deployment, name));
    for (const name of own.keys()) if (!wanted.includes(name)) await core.delete(name);
    await report(deployment, wanted.filter((name) => own.get(name)?.status.phase === "Running").length);
  }

  async function report({ metadata, spec, status }: Cached<Deployment>, ready: number): Promise<void> {
    const { generation = 0 } = metadata;
    if (status.observedGeneration === generation && status.availableReplicas === ready) return;
    const replicas = spec.replicas ?? 1;
    const counts = { replicas, updatedReplicas: replicas, readyReplicas: ready, availableReplicas: ready };
    await apps.status.patch(metadata.name, { merge: { status: { observedGeneration: generation, ...counts } } });
  }

  let ended = false;
  const played = (async () => {
    while (!ended) {
      // What the caches do not know yet, or what changed meanwhile, is seen next time.
      await look().catch((error: unknown) => {
        if (!isAlreadyExists(error) && !isNotFound(error) && !isForbidden(error)) throw error;
      });
      await setTimeout(pauseMs);
    }
  })();
  return async () => {
    ended = true;
    await played;
    containers.end();
    await Promise.all([deployments.close(), pods.close()]);
  };
}

/** A pod on a node, without a scheduler. */
function podOf(deployment: Cached<Deployment>, name: string): Pod {
  const { metadata, spec } = deployment.spec.template as NonNullable<NonNullable<Deployment["spec"]>["template"]>;
  const ownerReferences = [ownerReference(deployment, { controller: true })];
  return { metadata: { ...metadata, name, ownerReferences }, spec: { ...spec!, nodeName: "node-1" } };
}

/** The status of a pod that runs. */
function running(name: string): NonNullable<Pod["status"]> {
  const startedAt = new Date().toISOString();
  const container = { name: "clock", image: "busybox:1.37", imageID: "", ready: true, restartCount: 0 };
  return {
    phase: "Running",
    podIP: `10.0.0.${1 + Number(name.split("-").at(-1))}`,
    startTime: startedAt,
    conditions: [{ type: "Ready", status: "True", lastTransitionTime: startedAt }],
    containerStatuses: [{ ...container, state: { running: { startedAt } } }],
  };
}
