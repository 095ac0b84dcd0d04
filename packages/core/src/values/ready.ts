import { anObject } from "../input/plain-object.ts";
import { findCondition } from "./conditions.ts";
import { condition } from "./readiness/condition.ts";
import { pod } from "./readiness/pod.ts";
import { type Fields, notYet, type ReadableObject, type Rule, type Shortfall } from "./readiness/rule.ts";
import { whyStillThere } from "./readiness/still-there.ts";
import { definition, phase, service } from "./readiness/stored.ts";
import { daemonSet, deployment, job, replicaSet, statefulSet } from "./readiness/workloads.ts";

const ready = condition("Ready");

const rules: Readonly<Record<string, Rule>> = {
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "apps/DaemonSet": daemonSet,
  "apps/ReplicaSet": replicaSet,
  "/ReplicationController": replicaSet,
  "batch/Job": job,
  "/PersistentVolumeClaim": phase("Bound"),
  "/PersistentVolume": phase("Bound", "Available"),
  "/Namespace": phase("Active"),
  "/Service": service,
  "/Pod": pod,
  "/Node": ready,
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
  return shortfallOf(object) === undefined;
}

/**
 * Why the object is not ready, in a line of English for people: the missing replicas, a container's waiting reason, a condition and its
 * message. Undefined when {@link isReady}, by the same rules.
 *
 * @example
 * console.log(whyNotReady(await pods.get("web-0"))); // container web: ImagePullBackOff: Back-off pulling image "wbe"
 */
export function whyNotReady(object: ReadableObject): string | undefined {
  return shortfallOf(object)?.why;
}

/** The same, and whether it can still become ready. */
export function shortfallOf(object: ReadableObject): Shortfall | undefined {
  const fields: Fields = anObject(object, "object");
  if (fields.metadata?.deletionTimestamp) return notYet(whyStillThere(fields));
  const { apiVersion = "", kind = "" } = fields;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const stored = (apiVersion !== "" && builtIn.test(group)) || fields.spec === undefined;
  const rule = rules[`${group}/${kind}`] ?? (stored && !findCondition(fields, "Ready") ? undefined : ready);
  return rule?.(fields, fields.spec ?? {}, fields.status ?? {});
}
