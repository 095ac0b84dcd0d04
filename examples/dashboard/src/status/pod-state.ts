import { isReady } from "@kubewright/core";
import type { PodItem } from "../live/collections.ts";
import { perObject } from "../live/per-object.ts";
import type { State } from "./mood.ts";

/** A pod's state in the words of `kubectl get pods`. k8s.io/kubernetes pkg/printers/internalversion/printers.go (printPod) */
export const podState = perObject((pod: PodItem): State => {
  const { phase, reason } = pod.status;
  if (pod.metadata.deletionTimestamp !== undefined) return { mood: "busy", text: "Terminating" };
  const text = initReason(pod) ?? containerReason(pod) ?? reason ?? phase ?? "Unknown";
  if (phase === "Succeeded") return { mood: "idle", text };
  if (phase === "Failed" || /BackOff|Err|Error|Invalid|OOM|Evicted|Lost|Unknown|CannotRun/.test(text))
    return { mood: "bad", text };
  if (phase !== "Running" || text !== "Running") return { mood: "busy", text };
  return isReady(pod) ? { mood: "good", text } : { mood: "busy", text: "Not ready" };
});

/** Why it has not begun yet. */
function initReason({ spec, status }: PodItem): string | undefined {
  const all = spec.initContainers ?? [];
  for (const [index, { name, ready, state }] of (status.initContainerStatuses ?? []).entries()) {
    const sidecar = all.find((one) => one.name === name)?.restartPolicy === "Always";
    if (state?.terminated?.exitCode === 0 || (sidecar && ready === true)) continue;
    const why = state?.terminated?.reason ?? state?.waiting?.reason;
    return why !== undefined && why !== "PodInitializing" ? `Init:${why}` : `Init:${index}/${all.length}`;
  }
  return undefined;
}

function containerReason({ status }: PodItem): string | undefined {
  const states = (status.containerStatuses ?? []).map(({ state }) => state);
  const waiting = states.find((state) => state?.waiting?.reason !== undefined)?.waiting?.reason;
  if (waiting !== undefined) return waiting;
  const ended = states.find((state) => state?.terminated !== undefined)?.terminated;
  if (ended === undefined) return undefined;
  if (ended.reason) return ended.reason;
  return ended.signal ? `Signal:${ended.signal}` : `ExitCode:${ended.exitCode}`;
}

/** One of a pod's containers. */
export interface ContainerState extends State {
  readonly name: string;
}

/** Its containers, in the order of the spec. */
export function containerStates({ spec, status }: PodItem): readonly ContainerState[] {
  return (spec.containers ?? []).map(({ name }) => {
    const { ready, state } = status.containerStatuses?.find((one) => one.name === name) ?? {};
    const { waiting, terminated } = state ?? {};
    if (ready === true) return { name, mood: "good", text: "ready" };
    if (terminated?.exitCode === 0) return { name, mood: "idle", text: "completed" };
    if (terminated !== undefined) return { name, mood: "bad", text: terminated.reason ?? "ended" };
    if (waiting?.reason !== undefined && /BackOff|Err|Invalid/.test(waiting.reason))
      return { name, mood: "bad", text: waiting.reason };
    return { name, mood: "busy", text: waiting?.reason ?? (state?.running === undefined ? "waiting" : "not ready") };
  });
}

/** How often its containers began again. */
export function restartsOf({ status }: PodItem): number {
  return (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}
