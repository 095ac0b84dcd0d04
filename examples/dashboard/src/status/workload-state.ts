import { shortfallOf } from "@kubewright/core";
import type { WorkloadItem } from "../live/collections.ts";
import { perObject } from "../live/per-object.ts";
import type { State } from "./mood.ts";

/** How many pods a workload wants, and how many of them are as they should be. */
export function replicasOf(workload: WorkloadItem): { readonly ready: number; readonly wanted: number } {
  switch (workload.kind) {
    case "DaemonSet":
      return { ready: workload.status.numberReady ?? 0, wanted: workload.status.desiredNumberScheduled ?? 0 };
    case "Job":
      return { ready: workload.status.succeeded ?? 0, wanted: workload.spec.completions ?? 1 };
    default:
      return { ready: workload.status.readyReplicas ?? 0, wanted: workload.spec.replicas ?? 1 };
  }
}

/** How a workload stands, and in `why` what it falls short of, in a line. */
export const workloadState = perObject((workload: WorkloadItem): State & { readonly why: string } => {
  const { ready, wanted } = replicasOf(workload);
  if (workload.metadata.deletionTimestamp !== undefined) return { mood: "busy", text: "Terminating", why: "" };
  const why = shortfallOf(workload)?.why ?? "";
  if (workload.kind === "Job") {
    if (why === "") return { mood: "idle", text: "Complete", why };
    const failed = (workload.status.failed ?? 0) > 0;
    return failed ? { mood: "bad", text: "Failing", why } : { mood: "busy", text: "Running", why };
  }
  if (wanted === 0 && ready === 0) return { mood: "idle", text: "Scaled to zero", why: "" };
  if (why === "") return { mood: "good", text: "Ready", why };
  return ready === 0 ? { mood: "bad", text: "Down", why } : { mood: "busy", text: "Rolling out", why };
});
