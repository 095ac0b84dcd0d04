import { findCondition } from "../conditions.ts";
import { whyNotCondition } from "./condition.ts";
import { type Fields, never, notYet, type Rule, said, saying, type Shortfall } from "./rule.ts";

/** kubectl rollout status (k8s.io/kubectl pkg/polymorphichelpers/rollout_status.go). */
export const deployment: Rule = (object, { replicas = 1, paused = false }, status) => {
  const { updatedReplicas: updated = 0, availableReplicas: available = 0 } = status;
  if (!isObserved(object)) return unobserved;
  const progressing = findCondition(object, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") return never(`${said(progressing)}${replicaFailure(object)}`);
  const old = (status.replicas ?? 0) - updated;
  if (updated < replicas) {
    return notYet(
      `${updated} of ${are(replicas)} updated${paused ? "; its rollout is paused" : ""}${replicaFailure(object)}`,
    );
  }
  if (old > 0) return notYet(`${old} old ${old === 1 ? "replica waits" : "replicas wait"} to be ended`);
  if (available < updated) return notYet(`${available} of ${are(updated, "updated replica")} available`);
  return undefined;
};

/** The same source. With OnDelete, which it refuses, old pods count: only people replace them. */
export const statefulSet: Rule = (object, { replicas = 1, updateStrategy }, status) => {
  const { readyReplicas = 0, updatedReplicas = 0 } = status;
  const updated = updateStrategy?.type === "OnDelete" ? 0 : replicas - (updateStrategy?.rollingUpdate?.partition ?? 0);
  if (!isObserved(object)) return unobserved;
  if (readyReplicas < replicas) return notYet(`${readyReplicas} of ${are(replicas)} ready`);
  return updatedReplicas < updated ? notYet(`${updatedReplicas} of ${are(updated)} updated`) : undefined;
};

/** The same again. */
export const daemonSet: Rule = (object, { updateStrategy }, status) => {
  const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = status;
  const updated = updateStrategy?.type === "OnDelete" ? 0 : desiredNumberScheduled;
  if (!isObserved(object)) return unobserved;
  if (updatedNumberScheduled < updated) return notYet(`${updatedNumberScheduled} of ${are(updated, "pod")} updated`);
  return numberAvailable < desiredNumberScheduled
    ? notYet(`${numberAvailable} of ${are(desiredNumberScheduled, "pod")} available`)
    : undefined;
};

/**
 * kstatus (sigs.k8s.io/cli-utils pkg/kstatus/status/core.go): as many as wanted, no more, all available. Without its look at
 * fullyLabeledReplicas: pods of an older template stay for good, and do their work.
 */
export const replicaSet: Rule = (object, { replicas: wanted = 1 }, { replicas = 0, availableReplicas = 0 }) => {
  if (!isObserved(object)) return unobserved;
  if (replicas > wanted) return notYet(`${replicas} replicas are there, ${wanted} wanted`);
  return replicas === wanted && availableReplicas >= wanted
    ? undefined
    : notYet(`${availableReplicas} of ${are(wanted)} available${replicaFailure(object)}`);
};

/** Complete; a failed one never is. */
export const job: Rule = (object, { completions, suspend = false }, { succeeded = 0, active = 0, failed = 0 }) => {
  if (whyNotCondition(object, "Complete") === undefined) return undefined;
  const failure = findCondition(object, "Failed");
  if (failure?.status === "True") return never(`it has failed${saying(failure)}`);
  if (suspend) return notYet("it is suspended");
  const target = findCondition(object, "FailureTarget");
  if (target?.status === "True") return notYet(`it is about to fail${saying(target)}`);
  const of = completions === undefined ? "" : ` of ${completions}`;
  return notYet(`pods that succeeded: ${succeeded}${of}, active: ${active}, failed: ${failed}`);
};

const unobserved: Shortfall = notYet("its controller has not seen its newest spec");

/** The controllers of workloads always write observedGeneration; without it they have not looked yet. */
function isObserved({ metadata, status }: Fields): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 1);
}

/** Why pods could not even be created, such as a quota. */
function replicaFailure(object: Fields): string {
  const failure = findCondition(object, "ReplicaFailure");
  return failure?.status === "True" ? `; ${said(failure)}` : "";
}

function are(count: number, noun: string = "replica"): string {
  return `${count} ${noun}${count === 1 ? " is" : "s are"}`;
}
