import { setTimeout } from "node:timers/promises";
import { type Cluster, controllerOf, informer, isAlreadyExists, isConflict, isNotFound } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { BatchV1 } from "kubewright/batch/v1";
import { CoreV1 } from "kubewright/core/v1";
import { createControllers } from "./controllers.ts";
import { somethingHappens } from "./happenings.ts";
import { between, createKubelet } from "./kubelet.ts";
import { eventRecorder } from "./record-event.ts";
import { setStage } from "./stage.ts";

/** Between two looks at everything, in milliseconds. */
const pauseMs = 150;

/**
 * Plays a whole cluster on an API server that has neither controllers nor nodes: a web shop whose pods come, change and go, as long
 * as `signal` is not aborted. Settles when it has ended.
 */
export async function play(cluster: Cluster, signal: AbortSignal): Promise<void> {
  await setStage(cluster);
  const apps = cluster.api(AppsV1);
  const pods = informer(cluster.api(CoreV1).pods, { index: { owner: (pod) => [controllerOf(pod)?.uid] } });
  const deployments = informer(apps.deployments);
  const statefulSets = informer(apps.statefulSets);
  const daemonSets = informer(apps.daemonSets);
  const jobs = informer(cluster.api(BatchV1).jobs);
  const caches = [pods, deployments, statefulSets, daemonSets, jobs];
  const keep = createControllers(cluster, eventRecorder(cluster, "controller"));
  const lookAfter = createKubelet(cluster, eventRecorder(cluster, "kubelet"));
  try {
    await Promise.all(caches.map((cache) => cache.synced({ signal })));
    let next = Date.now() + 10_000;
    while (!signal.aborted) {
      const workloads = [...deployments.list(), ...statefulSets.list(), ...daemonSets.list(), ...jobs.list()];
      for (const workload of workloads)
        await unlessOutdated(() => keep(workload, pods.byIndex("owner", workload.metadata.uid)));
      await unlessOutdated(() => lookAfter(pods.list()));
      if (Date.now() > next) {
        await unlessOutdated(() => somethingHappens(cluster, { deployments: deployments.list(), pods: pods.list() }));
        next = Date.now() + between(1500, 5000);
      }
      await setTimeout(pauseMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await Promise.all(caches.map((cache) => cache.close()));
  }
}

/** What the caches do not know yet is seen with the next look. */
async function unlessOutdated(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isAlreadyExists(error) && !isNotFound(error) && !isConflict(error)) throw error;
  }
}
