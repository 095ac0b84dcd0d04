import type { Clock } from "@kubewright/core";
import { timeText } from "./system-metadata.ts";

/** A condition as a step of the server sets it. */
export interface PodCondition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly reason?: string;
  readonly message?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** The conditions of a pod with one that is new or changed. k8s.io/kubernetes pkg/api/pod/util.go, UpdatePodCondition. */
export function withCondition(conditions: readonly Fields[], condition: PodCondition, clock: Clock): readonly Fields[] {
  const index = conditions.findIndex(({ type }) => type === condition.type);
  const old = conditions[index];
  const isSame = old?.["status"] === condition.status;
  const made = {
    lastProbeTime: null,
    ...condition,
    lastTransitionTime: isSame ? old["lastTransitionTime"] : timeText(clock),
  };
  return index < 0 ? [...conditions, made] : conditions.with(index, made);
}
