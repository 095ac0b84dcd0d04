import { forbidden } from "../../exchange/refusal.ts";
import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { generatedName } from "../../objects/system-metadata.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { collectionOf } from "../../state/collection-of.ts";
import { keyOf } from "../../store/key.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { mirrorAnnotation } from "../../validation/pod/pod-annotations.ts";
import type { WriteContext } from "../strategy.ts";

// What the admission plugins of a default server do to new pods, in their order: k8s.io/kubernetes plugin/pkg/admission.

type Spec = Record<string, unknown>;

/** ServiceAccount, Priority, DefaultTolerationSeconds, RuntimeClass. @throws Refusal */
export function admitNewPod(pod: Draft, context: WriteContext): void {
  const spec = specOf(pod);
  admitServiceAccount(pod, spec, context);
  admitPriority(pod, spec, context);
  addTolerations(spec);
  admitRuntimeClass(pod, spec, context);
  copyTopologyLabels(pod, textIn(spec, "nodeName"), context);
}

/** Of a change: Priority, DefaultTolerationSeconds. */
export function admitPodChange(pod: Draft, old: ApiObject): void {
  const spec = specOf(pod);
  const before = objectIn(old, "spec");
  for (const field of ["priority", "preemptionPolicy"]) {
    const value = before[field];
    if (value !== undefined) spec[field] ??= value;
  }
  addTolerations(spec);
}

function specOf(pod: Draft): Spec {
  return (pod["spec"] ??= {}) as Spec;
}

function refused(pod: Draft, why: string): Error {
  const { name = "", generateName = "" } = pod.metadata;
  return forbidden({ group: "", name: "pods" }, name || generateName || "Unknown", why);
}

/** An object of the cluster that pods refer to. */
function find({ state }: WriteContext, [group, plural]: Kind, key: string): ApiObject | undefined {
  return collectionOf(state, group, plural).get(key);
}

/** By its group and plural. */
type Kind = readonly [group: string, plural: string];

function admitServiceAccount(pod: Draft, spec: Spec, context: WriteContext): void {
  if (pod.metadata.annotations?.[mirrorAnnotation] !== undefined) {
    checkMirror(pod, spec);
    return;
  }
  if (textIn(spec, "serviceAccountName") === "") spec["serviceAccountName"] = "default";
  const name = textIn(spec, "serviceAccountName");
  // Its older name.
  spec["serviceAccount"] = name;
  const { namespace = "" } = context;
  const account = find(context, ["", "serviceaccounts"], keyOf(namespace, name));
  if (account === undefined) {
    const why = `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`;
    throw refused(pod, why);
  }
  if (spec["automountServiceAccountToken"] ?? account["automountServiceAccountToken"] ?? true)
    mountToken(spec, context);
  const secrets = objectsIn(account, "imagePullSecrets");
  if (objectsIn(spec, "imagePullSecrets").length === 0 && secrets.length > 0)
    spec["imagePullSecrets"] = secrets.map((secret) => ({ name: textIn(secret, "name") }));
}

function checkMirror(pod: Draft, spec: Spec): void {
  if (textIn(spec, "serviceAccountName") !== "") throw refused(pod, "a mirror pod may not reference service accounts");
  const volumes = objectsIn(spec, "volumes");
  if (volumes.some((volume) => presentIn(volume, "secret") !== undefined))
    throw refused(pod, "a mirror pod may not reference secrets");
  const sources = volumes.flatMap((volume) => objectsIn(objectIn(volume, "projected"), "sources"));
  if (sources.some((source) => presentIn(source, "serviceAccountToken") !== undefined))
    throw refused(pod, "a mirror pod may not use ServiceAccountToken volume projections");
}

const tokenVolume = "kube-api-access-";
const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Gives every container the token of the pod's account, unless something else is mounted there. */
function mountToken(spec: Spec, { state }: WriteContext): void {
  const volumes = objectsIn(spec, "volumes");
  const present = volumes.map((volume) => textIn(volume, "name")).find((name) => name.startsWith(tokenVolume));
  const name = present ?? generatedName(tokenVolume, state.clock);
  let isNeeded = false;
  for (const field of ["initContainers", "containers"]) {
    for (const container of objectsIn(spec, field) as readonly Spec[]) {
      const mounts = objectsIn(container, "volumeMounts");
      if (mounts.some(({ mountPath }) => mountPath === tokenPath)) continue;
      container["volumeMounts"] = [...mounts, { name, readOnly: true, mountPath: tokenPath }];
      isNeeded = true;
    }
  }
  if (isNeeded && present === undefined) spec["volumes"] = [...volumes, { name, projected: tokenSource() }];
}

/** Pods keep their token for a year and 7 seconds, by which the server knows that nobody asked for so long. */
const tokenSeconds = 3607;

function tokenSource(): Spec {
  const fieldRef = { apiVersion: "v1", fieldPath: "metadata.namespace" };
  return {
    sources: [
      { serviceAccountToken: { expirationSeconds: tokenSeconds, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef }] } },
    ],
    defaultMode: 0o644,
  };
}

const priorityClasses: Kind = ["scheduling.k8s.io", "priorityclasses"];

function admitPriority(pod: Draft, spec: Spec, context: WriteContext): void {
  const name = textIn(spec, "priorityClassName");
  const found = name === "" ? defaultClass(context) : find(context, priorityClasses, name);
  if (name !== "" && found === undefined) throw refused(pod, `no PriorityClass with name ${name} was found`);
  const value = Number(found?.["value"] ?? 0);
  const policy = found === undefined ? "PreemptLowerPriority" : found["preemptionPolicy"];
  if (found !== undefined) spec["priorityClassName"] = found.metadata.name;
  const { priority, preemptionPolicy } = spec;
  const computed = "priority admission controller computed";
  if (priority !== undefined && priority !== value) {
    const why = `the integer value of priority (${String(priority as number)}) must not be provided in pod spec; ${computed} ${value} from the given PriorityClass name`;
    throw refused(pod, why);
  }
  spec["priority"] = value;
  if (policy === undefined) return;
  if (preemptionPolicy !== undefined && preemptionPolicy !== policy) {
    const why = `the string value of PreemptionPolicy (${preemptionPolicy as string}) must not be provided in pod spec; ${computed} ${policy as string} from the given PriorityClass name`;
    throw refused(pod, why);
  }
  spec["preemptionPolicy"] = policy;
}

/** The class of pods that name none; the lowest, where there are more by a race. */
function defaultClass({ state }: WriteContext): ApiObject | undefined {
  const classes = [...collectionOf(state, ...priorityClasses).entries()].map(([, one]) => one);
  const [first] = classes
    .filter((one) => one["globalDefault"] === true)
    .toSorted((a, b) => Number(a["value"] ?? 0) - Number(b["value"] ?? 0));
  return first;
}

/** Pods stay on a node that is away for five minutes. */
const awaySeconds = 300;

function addTolerations(spec: Spec): void {
  const present = objectsIn(spec, "tolerations");
  const missing = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].filter(
    (taint) =>
      !present.some(
        ({ key = "", effect = "" }) => (key === taint || key === "") && ["NoExecute", ""].includes(effect as string),
      ),
  );
  if (missing.length === 0) return;
  const added = missing.map((key) => ({
    key,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds: awaySeconds,
  }));
  spec["tolerations"] = [...present, ...added];
}

function admitRuntimeClass(pod: Draft, spec: Spec, context: WriteContext): void {
  const name = spec["runtimeClassName"];
  const found = typeof name === "string" ? find(context, ["node.k8s.io", "runtimeclasses"], name) : undefined;
  if (typeof name === "string" && found === undefined)
    throw refused(pod, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
  const overhead = presentIn(presentIn(found as Fields | undefined, "overhead"), "podFixed");
  const own = presentIn(spec, "overhead");
  if (overhead === undefined) {
    if (own !== undefined && Object.keys(own).length > 0)
      throw refused(pod, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
  } else if (own !== undefined && Object.keys(own).length > 0 && !equalValues(own, overhead))
    throw refused(pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  else spec["overhead"] = { ...overhead };
  const scheduling = objectIn(found as Fields | undefined, "scheduling");
  for (const [key, value] of Object.entries(objectIn(scheduling, "nodeSelector"))) {
    const selector = objectIn(spec, "nodeSelector") as Readonly<Record<string, string>>;
    const podValue = selector[key];
    if (podValue !== undefined && podValue !== value) {
      const why = `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value as string}; pod.spec.nodeSelector[${key}] = ${podValue}`;
      throw refused(pod, why);
    }
    spec["nodeSelector"] = { ...selector, [key]: value };
  }
  const tolerations = objectsIn(spec, "tolerations");
  const more = objectsIn(scheduling, "tolerations").filter((one) => !tolerations.some((has) => equalValues(has, one)));
  if (more.length > 0) spec["tolerations"] = [...tolerations, ...more];
}

const topologyLabels = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/** What a pod has of its node's labels (PodTopologyLabels). */
export function topologyLabelsOf(nodeName: string, context: WriteContext): Readonly<Record<string, string>> {
  const { labels = {} } = find(context, ["", "nodes"], nodeName)?.metadata ?? {};
  return Object.fromEntries(topologyLabels.flatMap((key) => (key in labels ? [[key, labels[key]!]] : [])));
}

function copyTopologyLabels(pod: Draft, nodeName: string, context: WriteContext): void {
  if (nodeName === "") return;
  const labels = topologyLabelsOf(nodeName, context);
  if (Object.keys(labels).length > 0) pod.metadata.labels = { ...pod.metadata.labels, ...labels };
}
