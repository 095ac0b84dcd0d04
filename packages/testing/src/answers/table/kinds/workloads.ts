import { valueAt } from "../../../objects/draft.ts";
import { numberAt, objectsAt, textAt } from "../read.ts";
import type { ApiObject } from "../../../store/api-object.ts";
import {
  age,
  type Cell,
  count,
  each,
  labels,
  name,
  number,
  quantity,
  ratio,
  selector,
  since,
  sinceTime,
  text,
} from "../cell.ts";

/** The names and images of a pod template's containers. */
function containers(template: string): readonly Cell[] {
  return [each(`${template}.spec.containers`, "name"), each(`${template}.spec.containers`, "image")];
}

const replicas: readonly Cell[] = [
  name,
  number("spec.replicas"),
  number("status.replicas"),
  number("status.readyReplicas"),
  age,
  ...containers("spec.template"),
];

/** Of any resource with scale. */
export const scale: readonly Cell[] = [name, number("spec.replicas"), number("status.replicas"), age];

/** Kinds that run pods. */
export const workloads: Readonly<Record<string, readonly Cell[]>> = {
  podtemplates: [name, ...containers("template"), labels("template.metadata.labels")],
  replicationcontrollers: [...replicas, labels("spec.selector")],
  "apps/replicasets": [...replicas, selector("spec.selector")],
  "apps/deployments": [
    name,
    ratio("status.readyReplicas", "spec.replicas"),
    number("status.updatedReplicas"),
    number("status.availableReplicas"),
    age,
    ...containers("spec.template"),
    selector("spec.selector", ""),
  ],
  "apps/statefulsets": [name, ratio("status.readyReplicas", "spec.replicas"), age, ...containers("spec.template")],
  "apps/daemonsets": [
    name,
    number("status.desiredNumberScheduled"),
    number("status.currentNumberScheduled"),
    number("status.numberReady"),
    number("status.updatedNumberScheduled"),
    number("status.numberAvailable"),
    labels("spec.template.spec.nodeSelector"),
    age,
    ...containers("spec.template"),
    selector("spec.selector"),
  ],
  "apps/controllerrevisions": [name, controller, number("revision"), age],
  "batch/jobs": [
    name,
    jobStatus,
    completions,
    jobDuration,
    age,
    ...containers("spec.template"),
    selector("spec.selector"),
  ],
  "batch/cronjobs": [
    name,
    text("spec.schedule"),
    text("spec.timeZone", "<none>"),
    suspended,
    count("status.active"),
    since("status.lastScheduleTime", "<none>"),
    age,
    ...containers("spec.jobTemplate.spec.template"),
    selector("spec.jobTemplate.spec.selector"),
  ],
  "policy/poddisruptionbudgets": [
    name,
    quantity("spec.minAvailable", "N/A"),
    quantity("spec.maxUnavailable", "N/A"),
    number("status.disruptionsAllowed"),
    age,
  ],
};

function suspended(object: ApiObject): string {
  const value = valueAt(object, "spec.suspend");
  return typeof value === "boolean" ? (value ? "True" : "False") : "<unset>";
}

function completions(job: ApiObject): string {
  const succeeded = numberAt(job, "status.succeeded");
  const wanted = valueAt(job, "spec.completions");
  if (typeof wanted === "number") return `${succeeded}/${wanted}`;
  const parallelism = numberAt(job, "spec.parallelism");
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(job: ApiObject, now: number): string {
  const end = textAt(job, "status.completionTime");
  return sinceTime(textAt(job, "status.startTime"), end === "" ? now : Date.parse(end), "");
}

/** By the first condition of these that is true. */
const jobStates: readonly (readonly [condition: string, state: string])[] = [
  ["Complete", "Complete"],
  ["Failed", "Failed"],
  ["", "Terminating"],
  ["Suspended", "Suspended"],
  ["FailureTarget", "FailureTarget"],
  ["SuccessCriteriaMet", "SuccessCriteriaMet"],
];

function jobStatus(job: ApiObject): string {
  const conditions = objectsAt(job, "status.conditions");
  const found = jobStates.find(([condition]) =>
    condition === ""
      ? job.metadata.deletionTimestamp !== undefined
      : conditions.find(({ type }) => type === condition)?.["status"] === "True",
  );
  return found?.[1] ?? "Running";
}

/** Its kind with its group, and its name. */
function controller({ metadata }: ApiObject): string {
  const owner = metadata.ownerReferences?.find((one) => one.controller === true);
  if (owner === undefined) return "<none>";
  const [group, version] = owner.apiVersion.split("/");
  return `${owner.kind.toLowerCase()}${version === undefined ? "" : `.${group ?? ""}`}/${owner.name}`;
}
