import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import { controllerRevisions } from "./apps/controller-revisions.ts";
import { daemonSets, daemonSetStatus } from "./apps/daemon-sets.ts";
import { deployments, deploymentStatus } from "./apps/deployments.ts";
import { replicaSets, replicaSetStatus } from "./apps/replica-sets.ts";
import { statefulSets, statefulSetStatus } from "./apps/stateful-sets.ts";
import { horizontalPodAutoscalers, horizontalPodAutoscalerStatus } from "./autoscaling/horizontal-pod-autoscalers.ts";
import { cronJobs } from "./batch/cron-jobs.ts";
import { jobStatus } from "./batch/job-status.ts";
import { jobs } from "./batch/jobs.ts";
import { leaseCandidates } from "./coordination/lease-candidates.ts";
import { leases } from "./coordination/leases.ts";
import { coreEvents, events } from "./core/events.ts";
import { replicationControllers, replicationControllerStatus } from "./core/replication-controllers.ts";
import { clusterStrategies } from "./cluster-strategies.ts";
import { podEphemeralContainers, podResize, pods, podStatus } from "./core/pods.ts";
import { podTemplates } from "./core/pod-templates.ts";
import { runtimeClasses } from "./node/runtime-classes.ts";
import { podDisruptionBudgets, podDisruptionBudgetStatus } from "./policy/pod-disruption-budgets.ts";
import { priorityClasses } from "./scheduling/priority-classes.ts";
import { leastRules } from "./least-rules.ts";
import type { Strategy } from "./strategy.ts";

/** By group and plural, such as `apps/deployments`, or the plural alone of the core group; behind it `/status` and the like. */
const strategies: Readonly<Record<string, Strategy>> = {
  ...leastRules,
  ...clusterStrategies,
  "apps/controllerrevisions": controllerRevisions,
  "apps/daemonsets": daemonSets,
  "apps/daemonsets/status": daemonSetStatus,
  "apps/deployments": deployments,
  "apps/deployments/status": deploymentStatus,
  "apps/replicasets": replicaSets,
  "apps/replicasets/status": replicaSetStatus,
  "apps/statefulsets": statefulSets,
  "apps/statefulsets/status": statefulSetStatus,
  "autoscaling/horizontalpodautoscalers": horizontalPodAutoscalers,
  "autoscaling/horizontalpodautoscalers/status": horizontalPodAutoscalerStatus,
  "batch/cronjobs": cronJobs,
  "batch/jobs": jobs,
  "batch/jobs/status": jobStatus,
  "coordination.k8s.io/leasecandidates": leaseCandidates,
  "coordination.k8s.io/leases": leases,
  "events.k8s.io/events": events,
  "node.k8s.io/runtimeclasses": runtimeClasses,
  "policy/poddisruptionbudgets": podDisruptionBudgets,
  "policy/poddisruptionbudgets/status": podDisruptionBudgetStatus,
  "scheduling.k8s.io/priorityclasses": priorityClasses,
  events: coreEvents,
  replicationcontrollers: replicationControllers,
  "replicationcontrollers/status": replicationControllerStatus,
  pods,
  "pods/ephemeralcontainers": podEphemeralContainers,
  "pods/resize": podResize,
  "pods/status": podStatus,
  podtemplates: podTemplates,
};

const none: Strategy = {};

/** What the server does with the objects of a resource, or by one of its subresources, in particular. */
export function strategyOf({ group, plural }: ResourceInfo, subresource?: SubresourceInfo): Strategy {
  const resource = group === "" ? plural : `${group}/${plural}`;
  return strategies[subresource === undefined ? resource : `${resource}/${subresource.name}`] ?? none;
}
