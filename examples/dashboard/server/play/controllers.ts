import { createHash, randomBytes } from "node:crypto";
import { type Cached, type Cluster, type DeepReadonly, isReady, ownerReference } from "kubewright";
import { AppsV1, type DaemonSet, type Deployment, type StatefulSet } from "kubewright/apps/v1";
import { BatchV1, type Job } from "kubewright/batch/v1";
import { CoreV1, type Pod, type PodTemplateSpec } from "kubewright/core/v1";
import { nodes } from "./actors.ts";
import type { RecordEvent } from "./record-event.ts";

/** Anything that has pods. */
type Workload = Cached<Deployment> | Cached<StatefulSet> | Cached<DaemonSet> | Cached<Job>;

/** Plays the controllers: makes and removes pods until each workload has those that it wants, and says how far it is. */
export function createControllers(cluster: Cluster, record: RecordEvent) {
  const { pods } = cluster.api(CoreV1);
  const apps = cluster.api(AppsV1);
  const batch = cluster.api(BatchV1);
  const places = Object.keys(nodes);
  let turn = 0;

  /** At most one pod more and one less for each look, so that changes can be watched. */
  async function keep(workload: Workload, own: readonly Cached<Pod>[]): Promise<void> {
    const staying = own.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const revision = revisionOf(workload.spec.template);
    const current = staying.filter(({ metadata }) => metadata.labels?.["revision"] === revision);
    const count = wantedPods(workload) + (workload.kind === "Job" ? failedOf(own) : 0);
    const ready = staying.filter((pod) => isReady(pod)).length;
    const surge = workload.kind === "Deployment" && staying.length > current.length ? 1 : 0;
    if (current.length < count && staying.length < count + surge) {
      const name = freeName(workload, revision, own);
      // One of the same name is still going.
      if (name !== undefined) {
        const nodeName = workload.kind === "DaemonSet" ? freeNode(staying, places) : places[turn++ % places.length];
        await pods.in(workload.metadata.namespace).create(podOf(workload, name, nodeName, revision));
        await record(workload, "SuccessfulCreate", `Created pod ${name}`);
      }
    } else if (staying.length > count) {
      const old = staying.filter((pod) => !current.includes(pod));
      const leaving = old.length > 0 ? old[0] : lastOf(staying);
      // During a rollout, only for a new one that is ready.
      if (leaving !== undefined && (old.length === 0 || current.every((pod) => isReady(pod)))) {
        await pods.in(workload.metadata.namespace).delete(leaving.metadata.name);
        await record(leaving, "Killing", `Stopping ${leaving.metadata.name}`);
      }
    } else if (current.length < count && staying.length === count) {
      await pods.in(workload.metadata.namespace).delete(staying.find((pod) => !current.includes(pod))!.metadata.name);
    }
    await report(workload, own, current.length, ready);
  }

  async function report(workload: Workload, own: readonly Cached<Pod>[], updated: number, ready: number) {
    const { name, namespace, generation: observedGeneration = 0 } = workload.metadata;
    const replicas = own.filter(({ metadata }) => metadata.deletionTimestamp === undefined).length;
    if (workload.kind === "Job") {
      const status = jobStatus(workload, own);
      if (differs(workload.status, status)) await batch.jobs.in(namespace).status.patch(name, { merge: { status } });
      return;
    }
    if (workload.kind === "DaemonSet") {
      const desired = wantedPods(workload);
      const status = {
        observedGeneration,
        desiredNumberScheduled: desired,
        currentNumberScheduled: replicas,
        updatedNumberScheduled: updated,
        numberReady: ready,
        numberAvailable: ready,
        numberMisscheduled: 0,
      };
      if (differs(workload.status, status))
        await apps.daemonSets.in(namespace).status.patch(name, { merge: { status } });
      return;
    }
    const status = {
      observedGeneration,
      replicas,
      updatedReplicas: updated,
      readyReplicas: ready,
      availableReplicas: ready,
    };
    if (!differs(workload.status, status)) return;
    if (workload.kind === "Deployment") await apps.deployments.in(namespace).status.patch(name, { merge: { status } });
    else await apps.statefulSets.in(namespace).status.patch(name, { merge: { status } });
  }

  return keep;
}

/** How many pods it should have. */
function wantedPods(workload: Workload): number {
  if (workload.metadata.deletionTimestamp !== undefined) return 0;
  if (workload.kind === "DaemonSet") return Object.keys(nodes).length;
  return workload.kind === "Job" ? (workload.spec.completions ?? 1) : (workload.spec.replicas ?? 1);
}

/** Whether other numbers were told so far. */
function differs(told: object | undefined, status: object): boolean {
  const before = (told ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(status).some(([name, value]) => typeof value === "number" && (before[name] ?? 0) !== value);
}

function failedOf(own: readonly Cached<Pod>[]): number {
  return own.filter(({ status }) => status.phase === "Failed").length;
}

function jobStatus(job: Cached<Job>, own: readonly Cached<Pod>[]): NonNullable<Job["status"]> {
  const succeeded = own.filter(({ status }) => status.phase === "Succeeded").length;
  const failed = failedOf(own);
  const active = own.length - succeeded - failed;
  const now = new Date().toISOString().replace(/\.\d+Z/, "Z");
  const counts = { startTime: job.status.startTime ?? now, active, failed, succeeded };
  if (succeeded < wantedPods(job)) return counts;
  const met = (type: string) => ({ type, status: "True", lastTransitionTime: now });
  return { ...counts, completionTime: now, conditions: [met("SuccessCriteriaMet"), met("Complete")] };
}

/** Stateful pods are numbered, all others have a random end. */
function freeName(workload: Workload, revision: string, own: readonly Cached<Pod>[]): string | undefined {
  const { name } = workload.metadata;
  if (workload.kind === "StatefulSet") {
    const taken = new Set(own.map(({ metadata }) => metadata.name));
    return Array.from({ length: wantedPods(workload) }, (_, i) => `${name}-${i}`).find((one) => !taken.has(one));
  }
  const end = randomBytes(3).toString("hex").slice(0, 5);
  return workload.kind === "Deployment" ? `${name}-${revision}-${end}` : `${name}-${end}`;
}

function freeNode(own: readonly Cached<Pod>[], places: readonly string[]): string | undefined {
  return places.find((place) => !own.some(({ spec }) => spec.nodeName === place));
}

function lastOf(pods: readonly Cached<Pod>[]): Cached<Pod> | undefined {
  return pods.toSorted((one, other) => one.metadata.name.localeCompare(other.metadata.name)).at(-1);
}

function revisionOf(template: DeepReadonly<PodTemplateSpec>): string {
  return createHash("sha256").update(JSON.stringify(template)).digest("hex").slice(0, 9);
}

function podOf(workload: Workload, name: string, nodeName: string | undefined, revision: string): Pod {
  const { metadata, spec } = structuredClone(workload.spec.template) as PodTemplateSpec;
  const ownerReferences = [ownerReference(workload, { controller: true })];
  const labels = { ...metadata?.labels, revision };
  return {
    metadata: { ...metadata, name, labels, ownerReferences },
    spec: { ...spec!, ...(nodeName && { nodeName }) },
  };
}
