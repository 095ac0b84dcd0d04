import { Quantity } from "@kubewright/core";
import { equalValues } from "../../objects/equal-values.ts";
import { structDiff } from "../../objects/struct-diff.ts";
import { timeText } from "../../objects/system-metadata.ts";
import type { ApiObject } from "../../store/api-object.ts";
import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongChange, wrongForm } from "../../validation/checks.ts";
import { wrongAccessModes, wrongClassName, wrongVolumeMode } from "../../validation/claim-spec.ts";
import { wrongDriverName } from "../../validation/driver-name.ts";
import { entriesIn, type Fields, objectIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain } from "../../validation/forms.ts";
import { internalForm } from "../../validation/internal-form.ts";
import { backsteps } from "../../validation/paths.ts";
import { wrongNodeSelector } from "../../validation/pod/node-selector.ts";
import { volumeRules } from "../../validation/pod/volume-sources.ts";
import { protect } from "../protect.ts";
import { shownSource } from "./volume-source-form.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/core/persistentvolume and pkg/apis/core/validation

const reclaimPolicies: readonly string[] = ["Delete", "Recycle", "Retain"];

/** Where a volume may come from, in the order in which the server looks at it. */
const sources = [
  "hostPath",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "glusterfs",
  "flocker",
  "nfs",
  "rbd",
  "quobyte",
  "cephfs",
  "iscsi",
  "cinder",
  "fc",
  "flexVolume",
  "azureFile",
  "vsphereVolume",
  "photonPersistentDisk",
  "portworxVolume",
  "azureDisk",
  "scaleIO",
  "local",
  "storageos",
  "csi",
] as const;

/** A PersistentVolume. */
export const volumes: Strategy = {
  admitCreate: (draft) => protect(draft, "kubernetes.io/pv-protection"),
  prepareForCreate(draft, { state }) {
    draft["status"] = { phase: "Pending", lastPhaseTransitionTime: timeText(state.clock) };
  },
  validate: wrongVolume,
  *validateUpdate(draft, old) {
    // The real one looks twice.
    yield* wrongVolume(draft);
    yield* wrongVolume(draft);
    yield* wrongVolumeChange(draft, old);
  },
  warnings: volumeWarnings,
  updateWarnings: volumeWarnings,
};

/** `persistentvolumes/status` */
export const volumeStatus: Strategy = {
  prepareForUpdate(draft, old, { state }) {
    const [status, before] = [objectIn(draft, "status"), objectIn(old, "status")];
    const [now, then] = [status["lastPhaseTransitionTime"], before["lastPhaseTransitionTime"]];
    const isSame = status["phase"] === before["phase"];
    if (isSame && now === undefined && then !== undefined)
      draft["status"] = { ...status, lastPhaseTransitionTime: then };
    else if (!isSame && (now === undefined || now === then))
      draft["status"] = { ...status, lastPhaseTransitionTime: timeText(state.clock) };
  },
};

function* wrongVolume(volume: Fields): Causes {
  const spec = objectIn(volume, "spec");
  if (textsIn(spec, "accessModes").length === 0) yield requiredCause("spec.accessModes");
  yield* wrongAccessModes(spec, "spec");
  yield* wrongCapacity(spec);
  const policy = textIn(spec, "persistentVolumeReclaimPolicy");
  if (policy !== "" && !reclaimPolicies.includes(policy))
    yield notSupportedCause("spec.persistentVolumeReclaimPolicy", policy, reclaimPolicies);
  yield* wrongAffinity(spec);
  yield* wrongSource(spec);
  const path = textIn(presentIn(spec, "hostPath"), "path");
  if (path !== "" && path.replaceAll(/\/+\.?/g, "") === "" && policy === "Recycle")
    yield forbiddenCause("spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
  yield* wrongClassName(spec, "storageClassName", "spec");
  yield* wrongVolumeMode(spec, "spec");
  const attributes = spec["volumeAttributesClassName"];
  if (attributes === undefined) return;
  if (attributes === "") yield requiredCause("spec.volumeAttributesClassName", "an empty string is disallowed");
  else yield* wrongClassName(spec, "volumeAttributesClassName", "spec");
  if (presentIn(spec, "csi") === undefined)
    yield requiredCause("spec.csi", "has to be specified when using volumeAttributesClassName");
}

function* wrongCapacity(spec: Fields): Causes {
  const amounts = entriesIn(spec, "capacity");
  if (amounts.length === 0) yield requiredCause("spec.capacity");
  if (amounts.length !== 1 || amounts[0]![0] !== "storage")
    yield notSupportedCause("spec.capacity", spec["capacity"] ?? null, ["storage"]);
  for (const [name, amount] of amounts) {
    const at = `spec.capacity[${name}]`;
    const quantity = Quantity.parse(amount);
    if (quantity.compare(0) < 0)
      yield invalidCause(at, Number(quantity.toMilli() / 1000n), "must be a valid resource quantity");
    if (quantity.compare(0) <= 0) yield invalidCause(at, amount, "must be greater than zero");
  }
}

function* wrongAffinity(spec: Fields): Causes {
  const affinity = presentIn(spec, "nodeAffinity");
  if (affinity === undefined) return;
  const required = presentIn(affinity, "required");
  if (required === undefined)
    yield requiredCause("spec.nodeAffinity.required", "must specify required node constraints");
  else yield* wrongNodeSelector(required, "spec.nodeAffinity.required");
}

function* wrongSource(spec: Fields): Causes {
  const given = sources.filter((kind) => presentIn(spec, kind) !== undefined);
  for (const [index, kind] of given.entries()) {
    const at = `spec.${kind}`;
    if (index > 0 && kind !== "flexVolume")
      yield forbiddenCause(kind === "cephfs" ? "spec.cephFS" : at, "may not specify more than 1 volume type");
    else yield* wrongSourceOf(kind, objectIn(spec, kind), spec, at);
  }
  if (given.length === 0) yield requiredCause("spec", "must specify a volume type");
}

function* wrongSourceOf(kind: (typeof sources)[number], source: Fields, spec: Fields, at: string): Causes {
  switch (kind) {
    case "local": {
      const path = textIn(source, "path");
      if (path === "") yield requiredCause(`${at}.path`);
      else yield* wrongForm(`${at}.path`, path, backsteps);
      if (presentIn(spec, "nodeAffinity") === undefined)
        yield requiredCause("spec.nodeAffinity", "Local volume requires node affinity");
      break;
    }
    case "csi":
      yield* wrongDriverName(textIn(source, "driver"), `${at}.driver`);
      if (textIn(source, "volumeHandle") === "") yield requiredCause(`${at}.volumeHandle`);
      for (const field of secretFields) yield* wrongSecret(presentIn(source, field), `${at}.${field}`);
      break;
    case "hostPath":
    case "nfs":
    case "gcePersistentDisk":
    case "awsElasticBlockStore":
      yield* volumeRules[kind]?.(source, at, false) ?? [];
      break;
    default:
  }
}

const secretFields = [
  "controllerPublishSecretRef",
  "controllerExpandSecretRef",
  "nodePublishSecretRef",
  "nodeExpandSecretRef",
] as const;

function* wrongSecret(reference: Fields | undefined, at: string): Causes {
  if (reference === undefined) return;
  const [name, namespace] = [textIn(reference, "name"), textIn(reference, "namespace")];
  if (name === "") yield requiredCause(`${at}.name`);
  else yield* wrongForm(`${at}.name`, name, wrongDnsSubdomain);
  if (namespace === "") yield requiredCause(`${at}.namespace`);
  else yield* wrongForm(`${at}.namespace`, namespace, wrongDnsLabel);
}

function* wrongVolumeChange(volume: Fields, old: ApiObject): Causes {
  const [spec, before] = [objectIn(volume, "spec"), objectIn(old, "spec")];
  const [now, then] = [sourceOf(spec), sourceOf(before)];
  // That secret may be named later.
  const isNamed = objectIn(then, "csi")["controllerExpandSecretRef"] !== undefined;
  if (presentIn(now, "csi") !== undefined && !isNamed) {
    const { controllerExpandSecretRef: _, ...csi } = objectIn(now, "csi");
    now["csi"] = csi;
  }
  if (!equalValues(now, then)) {
    const why = "spec.persistentvolumesource is immutable after creation";
    yield forbiddenCause(
      "spec.persistentvolumesource",
      `${why}\n${structDiff(internalForm(then, shownSource), internalForm(now, shownSource))}`,
    );
  }
  yield* wrongChange("volumeMode", spec["volumeMode"], before["volumeMode"]);
  if (before["volumeAttributesClassName"] !== undefined && spec["volumeAttributesClassName"] === undefined)
    yield forbiddenCause("spec.volumeAttributesClassName", "update from non-nil value to nil is forbidden");
}

function sourceOf(spec: Fields): Record<string, unknown> {
  return Object.fromEntries(sources.flatMap((kind) => (spec[kind] === undefined ? [] : [[kind, spec[kind]]])));
}

const oldAnnotations: readonly (readonly [name: string, message: string])[] = [
  ["volume.beta.kubernetes.io/storage-class", 'deprecated since v1.8; use "storageClassName" attribute instead'],
  ["volume.beta.kubernetes.io/mount-options", 'deprecated since v1.31; use "mountOptions" attribute instead'],
];
const oldSources: readonly (readonly [field: string, shown: string, message: string])[] = [
  ["cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"],
];

function volumeWarnings(volume: Fields): readonly string[] {
  const spec = objectIn(volume, "spec");
  const annotations = objectIn(objectIn(volume, "metadata"), "annotations");
  const policy = "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated.";
  return [
    ...oldAnnotations.flatMap(([name, message]) =>
      annotations[name] === undefined ? [] : [`metadata.annotations[${name}]: ${message}`],
    ),
    ...(spec["persistentVolumeReclaimPolicy"] === "Recycle"
      ? [`${policy} Instead, the recommended approach is to use dynamic provisioning.`]
      : []),
    ...oldSources.flatMap(([field, shown, message]) =>
      spec[field] === undefined ? [] : [`spec.${shown}: ${message}`],
    ),
  ];
}
