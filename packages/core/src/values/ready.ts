import { anObject } from "../input/plain-object.ts";
import { findCondition } from "./conditions.ts";

/** Any object whose readiness can be asked. */
export interface ReadableObject {
  /** Group and version; says, with `kind`, which rule applies. */
  readonly apiVersion?: string | undefined;
  /** The kind; says, with `apiVersion`, which rule applies. */
  readonly kind?: string | undefined;
  /** The generation, which the status must have reached, and whether the object is being deleted. */
  readonly metadata?:
    | { readonly generation?: number | undefined; readonly deletionTimestamp?: string | undefined }
    | undefined;
}

// What the rules read. Fields that a server leaves out are undefined, and count as 0 where a number is meant.
interface Fields extends ReadableObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
    readonly type?: string;
    readonly clusterIP?: string;
    readonly externalIPs?: readonly string[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly loadBalancer?: { readonly ingress?: readonly unknown[] };
  };
}

type Spec = NonNullable<Fields["spec"]>;
type Status = NonNullable<Fields["status"]>;
type Rule = (object: Fields, spec: Spec, status: Status) => boolean;

// kubectl wait --for=condition=… (k8s.io/kubectl pkg/cmd/wait/condition.go): a condition from before the last change of the
// spec does not count.
function isTrue(object: Fields, type: string): boolean {
  const condition = findCondition(object, type);
  const observed = condition?.observedGeneration ?? object.status?.observedGeneration ?? Infinity;
  return condition?.status === "True" && observed >= (object.metadata?.generation ?? 0);
}

// The controllers of workloads always write observedGeneration; without it they have not looked yet.
function isObserved({ metadata, status }: Fields): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 1);
}

const condition =
  (type: string): Rule =>
  (object) =>
    isTrue(object, type);

const phase =
  (...phases: readonly string[]): Rule =>
  (_object, _spec, status) =>
    phases.includes(status.phase ?? "");

// kubectl rollout status (k8s.io/kubectl pkg/polymorphichelpers/rollout_status.go).
const deployment: Rule = (object, { replicas = 1 }, status) => {
  const { updatedReplicas = 0, availableReplicas = 0 } = status;
  return (
    isObserved(object) &&
    updatedReplicas >= replicas &&
    (status.replicas ?? 0) <= updatedReplicas &&
    availableReplicas >= updatedReplicas
  );
};

// The same source. With OnDelete, which it refuses, old pods count: only people replace them.
const statefulSet: Rule = (object, { replicas = 1, updateStrategy }, { readyReplicas = 0, updatedReplicas = 0 }) => {
  const updated = updateStrategy?.type === "OnDelete" ? 0 : replicas - (updateStrategy?.rollingUpdate?.partition ?? 0);
  return isObserved(object) && readyReplicas >= replicas && updatedReplicas >= updated;
};

const daemonSet: Rule = (object, { updateStrategy }, status) => {
  const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = status;
  const updated = updateStrategy?.type === "OnDelete" ? 0 : desiredNumberScheduled;
  return isObserved(object) && updatedNumberScheduled >= updated && numberAvailable >= desiredNumberScheduled;
};

// kstatus (sigs.k8s.io/cli-utils pkg/kstatus/status/core.go): as many as wanted, no more, all available. Without its look at
// fullyLabeledReplicas: pods of an older template stay for good, and do their work.
const replicaSet: Rule = (object, { replicas = 1 }, status) =>
  isObserved(object) && (status.replicas ?? 0) === replicas && (status.availableReplicas ?? 0) >= replicas;

// helm --wait (helm.sh/helm pkg/kube/ready.go): an address, and for a load balancer one that is reachable from outside.
const service: Rule = (_object, { type, clusterIP, externalIPs = [] }, { loadBalancer }) =>
  type === "ExternalName" ||
  (!!clusterIP && (type !== "LoadBalancer" || externalIPs.length > 0 || (loadBalancer?.ingress ?? []).length > 0));

// kstatus: CustomResourceDefinition needs its names, too. For a PersistentVolume neither it nor helm or kubectl has a rule.
const definition: Rule = (object) =>
  isTrue(object, "Established") && findCondition(object, "NamesAccepted")?.status !== "False";

const rules: Readonly<Record<string, Rule>> = {
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "apps/DaemonSet": daemonSet,
  "apps/ReplicaSet": replicaSet,
  "/ReplicationController": replicaSet,
  "batch/Job": condition("Complete"),
  "/PersistentVolumeClaim": phase("Bound"),
  "/PersistentVolume": phase("Bound", "Available"),
  "/Namespace": phase("Active"),
  "/Service": service,
  "/Pod": condition("Ready"),
  "/Node": condition("Ready"),
  "apiextensions.k8s.io/CustomResourceDefinition": definition,
  "apiregistration.k8s.io/APIService": condition("Available"),
};

// Groups that only Kubernetes itself has: a custom resource's group has a dot, and those of its projects two before k8s.io.
const builtIn = /^(?:[a-z]*|[a-z]+\.k8s\.io)$/;

/**
 * True if the object does what it is there for, by the fields that the server returned. An object that is being deleted is
 * never ready.
 *
 * - Deployment, StatefulSet, DaemonSet: rolled out as `kubectl rollout status` says, of the newest spec.
 * - ReplicaSet, ReplicationController: exactly the wanted replicas, all available.
 * - Job: complete (a failed one never is). PersistentVolumeClaim: bound. PersistentVolume: bound or available.
 * - Service: has its address; a load balancer also an ingress. Namespace: active.
 * - CustomResourceDefinition: established. APIService: available.
 * - Pod, Node, and every other kind that has a Ready condition: that condition, as `kubectl wait --for=condition=Ready`.
 * - Without a Ready condition: built-in kinds and objects without a `spec` (ConfigMap, Role, Ingress) are ready once stored; a
 *   custom resource is not, as its controller may not have looked at it.
 */
export function isReady(object: ReadableObject): boolean {
  const fields: Fields = anObject(object, "object");
  if (fields.metadata?.deletionTimestamp) return false;
  const { apiVersion = "", kind = "" } = fields;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const rule = rules[`${group}/${kind}`];
  if (rule) return rule(fields, fields.spec ?? {}, fields.status ?? {});
  if (findCondition(fields, "Ready")) return isTrue(fields, "Ready");
  return (apiVersion !== "" && builtIn.test(group)) || fields.spec === undefined;
}
