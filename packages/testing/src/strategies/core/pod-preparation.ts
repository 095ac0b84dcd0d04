import type { Draft } from "../../objects/draft.ts";
import { appArmorProfile } from "../../objects/app-armor-profile.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { withCondition } from "../../objects/pod-condition.ts";
import { entriesIn, type Fields, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { appArmorPrefix } from "../../validation/pod/pod-annotations.ts";
import { containersOf } from "../../validation/pod/pod-parts.ts";
import type { WriteContext } from "../strategy.ts";
import { qosClassOf } from "./pod-qos.ts";

// k8s.io/kubernetes pkg/registry/core/pod/strategy.go

/** Sets what a new pod has from the server. */
export function prepareNewPod(pod: Draft, context: WriteContext): void {
  const spec = objectIn(pod, "spec");
  const status = { ...objectIn(pod, "status"), qosClass: qosClassOf(spec) };
  const isGated = objectsIn(spec, "schedulingGates").length > 0;
  pod["status"] = isGated ? { ...status, conditions: withCondition([], gated, context.state.clock) } : status;
  dropUnsupported(spec);
  applyLabelKeys(spec, pod.metadata.labels ?? {});
  applyAppArmor(pod, spec, context);
}

const gated = {
  type: "PodScheduled",
  status: "False",
  reason: "SchedulingGated",
  message: "Scheduling is blocked due to non-empty scheduling gates",
} as const;

/**
 * Takes away what belongs to features that are off by default (pkg/api/pod/util.go, dropDisabledFields), as long as an old pod does not
 * have it: signals that stop containers, and bundles of trusted certificates.
 */
export function dropUnsupported(spec: Fields): void {
  for (const [container] of containersOf(spec, "")) {
    const lifecycle = presentIn(container, "lifecycle") as Record<string, unknown> | undefined;
    if (lifecycle?.["stopSignal"] === undefined) continue;
    delete lifecycle["stopSignal"];
    if (Object.keys(lifecycle).length === 0) delete (container as Record<string, unknown>)["lifecycle"];
  }
  for (const volume of objectsIn(spec, "volumes")) {
    for (const source of objectsIn(objectIn(volume, "projected"), "sources"))
      delete (source as Record<string, unknown>)["clusterTrustBundle"];
  }
}

const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
const required = "requiredDuringSchedulingIgnoredDuringExecution";

/** Writes the values of labels that the pod has into the selectors that name only their keys. */
function applyLabelKeys(spec: Fields, labels: Readonly<Record<string, string>>): void {
  const affinity = objectIn(spec, "affinity");
  const kinds = ["podAffinity", "podAntiAffinity"].map((field) => objectIn(affinity, field));
  const terms = [
    ...kinds.flatMap((kind) => objectsIn(kind, preferred).map((term) => objectIn(term, "podAffinityTerm"))),
    ...kinds.flatMap((kind) => objectsIn(kind, required)),
    ...objectsIn(spec, "topologySpreadConstraints"),
  ];
  for (const term of terms) {
    const selector = presentIn(term, "labelSelector") as Record<string, unknown> | undefined;
    if (selector === undefined) continue;
    const added = [
      ...requirements(textsIn(term, "matchLabelKeys"), "In", labels),
      ...requirements(textsIn(term, "mismatchLabelKeys"), "NotIn", labels),
    ];
    if (added.length > 0) selector["matchExpressions"] = [...objectsIn(selector, "matchExpressions"), ...added];
  }
}

function requirements(
  keys: readonly string[],
  operator: string,
  labels: Readonly<Record<string, string>>,
): readonly Fields[] {
  return keys.flatMap((key) => (labels[key] === undefined ? [] : [{ key, operator, values: [labels[key]] }]));
}

/** Profiles in annotations become fields of the containers (applyAppArmorVersionSkew). */
function applyAppArmor(pod: Draft, spec: Fields, { warn }: WriteContext): void {
  if (objectIn(spec, "os")["name"] === "windows") return;
  const ofPod = presentIn(objectIn(spec, "securityContext"), "appArmorProfile");
  const annotations = new Map(entriesIn(pod.metadata as Fields, "annotations"));
  for (const [container] of containersOf(spec, "")) {
    const key = `${appArmorPrefix}${textIn(container, "name")}`;
    const annotation = annotations.get(key);
    const context = objectIn(container, "securityContext");
    if (annotation === undefined || context["appArmorProfile"] !== undefined) continue;
    const profile = appArmorProfile(annotation);
    const isNew = profile !== undefined && !equalValues(profile, ofPod);
    if (isNew) (container as Record<string, unknown>)["securityContext"] = { ...context, appArmorProfile: profile };
    if (isNew || profile === undefined)
      warn(`metadata.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`);
  }
}
