import { type Cached, type Cluster, controllerOf } from "kubewright";
import { CoreV1, type ContainerStatus, type Pod } from "kubewright/core/v1";
import { clumsy } from "./actors.ts";
import type { RecordEvent } from "./record-event.ts";

/** What the kubelet remembers of a pod. */
interface Stay {
  /** When it looks at the pod again, in milliseconds. */
  next: number;
  restarts: number;
}

/** Plays the kubelets of all nodes: brings each pod one step on when its time has come, and lets pods go. Those without an owner stand still. */
export function createKubelet(cluster: Cluster, record: RecordEvent): (pods: readonly Cached<Pod>[]) => Promise<void> {
  const client = cluster.api(CoreV1).pods;
  const stays = new Map<string, Stay>();

  async function step(pod: Cached<Pod>, stay: Stay): Promise<void> {
    const { name, namespace } = pod.metadata;
    const pods = client.in(namespace);
    if (pod.metadata.deletionTimestamp !== undefined) {
      await pods.delete(name, { gracePeriodSeconds: 0 });
      return;
    }
    const [first] = pod.status.containerStatuses ?? [];
    const report = (phase: string, state: ContainerStatus["state"], ready: boolean) =>
      pods.status.patch(name, { merge: { status: statusOf(pod, phase, state, ready, stay.restarts) } });
    const startedAt = new Date().toISOString();
    if (first === undefined) {
      await report("Pending", { waiting: { reason: "ContainerCreating" } }, false);
      await record(pod, "Scheduled", `Assigned to ${pod.spec.nodeName}`);
      stay.next += between(700, 2500);
    } else if (first.state?.waiting !== undefined) {
      await report("Running", { running: { startedAt } }, false);
      await record(pod, "Started", `Started ${pod.spec.containers.map((one) => one.name).join(" and ")}`);
      stay.next += between(800, 2000);
    } else if (controllerOf(pod)?.kind === "Job") {
      const reason = Math.random() < 0.08 ? "Error" : "Completed";
      const exitCode = reason === "Error" ? 1 : 0;
      const terminated = { exitCode, reason, startedAt: first.state?.running?.startedAt ?? startedAt };
      await report(exitCode === 0 ? "Succeeded" : "Failed", { terminated }, false);
      stay.next = Infinity;
    } else if (!first.ready) {
      await report("Running", first.state, true);
      stay.next += clumsy.has(pod.metadata.labels?.["app"] ?? "") ? between(20_000, 90_000) : Infinity;
    } else {
      stay.restarts++;
      await report("Running", { waiting: { reason: "CrashLoopBackOff" } }, false);
      await record(pod, "BackOff", `Back-off restarting a failed container (restart ${stay.restarts})`, "Warning");
      stay.next += between(6000, 20_000);
    }
  }

  return async (pods) => {
    const now = Date.now();
    for (const pod of pods) {
      const { uid, deletionTimestamp } = pod.metadata;
      let stay = stays.get(uid);
      if (stay === undefined) {
        const next = controllerOf(pod) === undefined ? Infinity : now + between(100, 600);
        stays.set(uid, (stay = { next, restarts: 0 }));
      }
      if (deletionTimestamp !== undefined && stay.next > now + 1500) stay.next = now + 1500;
      if (stay.next > now) continue;
      if (stay.next < now) stay.next = now;
      await step(pod, stay);
    }
    const there = new Set(pods.map(({ metadata }) => metadata.uid));
    for (const uid of stays.keys()) if (!there.has(uid)) stays.delete(uid);
  };
}

function statusOf(
  pod: Cached<Pod>,
  phase: string,
  state: ContainerStatus["state"],
  ready: boolean,
  restartCount: number,
): NonNullable<Pod["status"]> {
  const lastTransitionTime = new Date().toISOString();
  const condition = (type: string, holds: boolean) => ({ type, status: holds ? "True" : "False", lastTransitionTime });
  return {
    phase,
    startTime: pod.status.startTime ?? lastTransitionTime,
    podIP: pod.status.podIP ?? `10.${between(1, 250)}.${between(1, 250)}.${between(1, 250)}`,
    conditions: [condition("PodScheduled", true), condition("ContainersReady", ready), condition("Ready", ready)],
    containerStatuses: pod.spec.containers.map(({ name, image = "" }, index) => ({
      name,
      image,
      imageID: "",
      // Only the first stumbles.
      ...(index === 0 || state?.running !== undefined || phase !== "Running"
        ? { state: state!, ready, restartCount }
        : { state: { running: { startedAt: lastTransitionTime } }, ready: true, restartCount: 0 }),
    })),
  };
}

/** A whole number. */
export function between(least: number, most: number): number {
  return Math.round(least + Math.random() * (most - least));
}
