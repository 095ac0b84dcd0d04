import { Quantity } from "@kubewright/core";
import { forbidden } from "../../exchange/refusal.ts";
import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { structDiff } from "../../objects/struct-diff.ts";
import { collectionOf } from "../../state/collection-of.ts";
import type { ServerState } from "../../state/server-state.ts";
import type { ApiObject } from "../../store/api-object.ts";
import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongChange, wrongForm } from "../../validation/checks.ts";
import { claimSpecWarnings, normaliseSources, wrongClaimSpec } from "../../validation/claim-spec.ts";
import { entriesIn, type Fields, objectIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongQualifiedName } from "../../validation/forms.ts";
import { type InternalField, internalForm } from "../../validation/internal-form.ts";
import { isNativeResource, wrongResourceAmount } from "../../validation/resource-names.ts";
import { newestDefault } from "../newest-default.ts";
import { protect } from "../protect.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/core/persistentvolumeclaim and plugin/pkg/admission/storage

const betaClass = "volume.beta.kubernetes.io/storage-class";
const defaultMarks = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

/** A PersistentVolumeClaim. */
export const claims: Strategy = {
  admitCreate(draft, { state }) {
    setClass(draft, state);
    protect(draft, "kubernetes.io/pvc-protection");
  },
  prepareForCreate(draft) {
    draft["status"] = { phase: "Pending" };
    normaliseSources(specOf(draft), undefined);
  },
  prepareForUpdate: (draft, old) => normaliseSources(specOf(draft), objectIn(old, "spec")),
  validate: (draft) => wrongClaimSpec(specOf(draft), "spec"),
  *validateUpdate(draft, old, { state }) {
    yield* wrongClaimSpec(specOf(draft), "spec");
    const causes = [...wrongClaimChange(draft, old)];
    yield* causes;
    if (causes.length === 0) refuseGrowth(draft, old, state);
  },
  warnings: claimWarnings,
  updateWarnings: claimWarnings,
};

function specOf(claim: Draft): Record<string, unknown> {
  return (claim["spec"] ?? {}) as Record<string, unknown>;
}

function classOf(claim: Fields): unknown {
  return objectIn(objectIn(claim, "metadata"), "annotations")[betaClass] ?? objectIn(claim, "spec")["storageClassName"];
}

/** DefaultStorageClass */
function setClass(draft: Draft, state: ServerState): void {
  if (classOf(draft) !== undefined) return;
  const found = newestDefault(collectionOf(state, "storage.k8s.io", "storageclasses"), defaultMarks);
  if (found !== undefined) specOf(draft)["storageClassName"] = found.metadata.name;
}

function storageIn(object: Fields, ...path: readonly string[]): Quantity {
  const amount = path.reduce(objectIn, object)["storage"];
  return Quantity.parse(typeof amount === "string" ? amount : "0");
}

/** PersistentVolumeClaimResize, which is asked after all else. @throws Refusal 403 */
function refuseGrowth(draft: Draft, old: ApiObject, state: ServerState): void {
  const size = ["spec", "resources", "requests"];
  if (storageIn(draft, ...size).compare(storageIn(old, ...size)) <= 0) return;
  const refuse = (why: string): never => {
    throw forbidden({ group: "", name: "persistentvolumeclaims" }, old.metadata.name, why);
  };
  if (objectIn(old, "status")["phase"] !== "Bound") refuse("Only bound persistent volume claims can be expanded");
  const name = classOf(draft);
  const found = collectionOf(state, "storage.k8s.io", "storageclasses").get(String(name));
  if (name !== classOf(old) || found?.["allowVolumeExpansion"] !== true)
    refuse(
      "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
    );
}

/** How the server's messages show a spec. */
const shownSpec: readonly InternalField[] = [
  { name: "AccessModes" },
  { name: "Selector", fields: [{ name: "MatchLabels" }, { name: "MatchExpressions" }] },
  { name: "Resources", fields: [{ name: "Limits" }, { name: "Requests" }] },
  { name: "VolumeName", zero: "" },
  { name: "StorageClassName" },
  { name: "VolumeMode" },
  { name: "DataSource", fields: [{ name: "APIGroup", from: "apiGroup" }, { name: "Kind" }, { name: "Name" }] },
  {
    name: "DataSourceRef",
    fields: [{ name: "APIGroup", from: "apiGroup" }, { name: "Kind" }, { name: "Name" }, { name: "Namespace" }],
  },
  { name: "VolumeAttributesClassName" },
];

/** ValidatePersistentVolumeClaimUpdate */
function* wrongClaimChange(draft: Draft, old: ApiObject): Causes {
  const [spec, before] = [{ ...specOf(draft) }, { ...objectIn(old, "spec") }];
  if (textIn(before, "volumeName") === "") before["volumeName"] = spec["volumeName"];
  const annotation = (of: Fields): unknown => objectIn(objectIn(of, "metadata"), "annotations")[betaClass];
  const had = annotation(old);
  const isUpgrade =
    had !== undefined &&
    before["storageClassName"] === undefined &&
    spec["storageClassName"] === had &&
    (annotation(draft) ?? had) === had;
  if (isUpgrade) delete spec["storageClassName"];
  else {
    const at = `metadata.annotations.${betaClass}`;
    const now = annotation(draft);
    if (now !== had) yield invalidCause(at, now ?? "", "field is immutable");
    const isFirst = spec["storageClassName"] !== undefined && before["storageClassName"] === undefined;
    if (isFirst && (had === undefined || spec["storageClassName"] === had)) delete spec["storageClassName"];
  }
  if (objectIn(draft, "status")["phase"] === "Bound") {
    const requests = { ...objectIn(objectIn(spec, "resources"), "requests") };
    const wanted = objectIn(objectIn(before, "resources"), "requests")["storage"];
    spec["resources"] = { ...objectIn(spec, "resources"), requests: { ...requests, storage: wanted } };
    spec["volumeAttributesClassName"] = before["volumeAttributesClassName"];
  }
  const [one, other] = [withoutGaps(before), withoutGaps(spec)];
  if (!equalValues(one, other)) {
    const why =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
    yield forbiddenCause("spec", `${why}\n${structDiff(internalForm(one, shownSpec), internalForm(other, shownSpec))}`);
  }
  yield* wrongSize(draft, old);
  yield* wrongChange("volumeMode", specOf(draft)["volumeMode"], objectIn(old, "spec")["volumeMode"]);
  yield* wrongAttributesClass(specOf(draft)["volumeAttributesClassName"], old);
}

function withoutGaps(spec: Fields): Fields {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

function* wrongSize(draft: Draft, old: ApiObject): Causes {
  const at = ["spec", "resources", "requests"];
  const size = storageIn(draft, ...at);
  if (size.compare(storageIn(old, ...at)) < 0 && size.compare(storageIn(old, "status", "capacity")) <= 0)
    yield forbiddenCause(`${at.join(".")}.storage`, "field can not be less than status.capacity");
}

function* wrongAttributesClass(name: unknown, old: ApiObject): Causes {
  if (objectIn(old, "status")["currentVolumeAttributesClassName"] === undefined) return;
  const at = "spec.volumeAttributesClassName";
  const why = "is forbidden when status.currentVolumeAttributesClassName is not nil";
  if (name === undefined && objectIn(old, "spec")["volumeAttributesClassName"] !== undefined)
    yield forbiddenCause(at, `update to nil ${why}`);
  else if (name === "") yield forbiddenCause(at, `update to empty string ${why}`);
}

function claimWarnings(claim: Fields): readonly string[] {
  const isOld = objectIn(objectIn(claim, "metadata"), "annotations")[betaClass] !== undefined;
  return [
    ...(isOld
      ? [`metadata.annotations[${betaClass}]: deprecated since v1.8; use "storageClassName" attribute instead`]
      : []),
    ...claimSpecWarnings(objectIn(claim, "spec"), "spec"),
  ];
}

const resizeStates: readonly string[] = [
  "ControllerResizeInProgress",
  "ControllerResizeInfeasible",
  "NodeResizeInProgress",
  "NodeResizeInfeasible",
  "NodeResizePending",
].toSorted();

/** `persistentvolumeclaims/status` */
export const claimStatus: Strategy = {
  *validateUpdate(draft) {
    const status = objectIn(draft, "status");
    if (textsIn(objectIn(draft, "spec"), "accessModes").length === 0) yield requiredCause("Spec.accessModes");
    for (const [name, amount] of entriesIn(status, "capacity")) yield* wrongAmount(amount, `status.capacity[${name}]`);
    const at = "status.allocatedResourceStatuses";
    for (const [name, state] of entriesIn(status, "allocatedResourceStatuses")) {
      yield* wrongKey(name, at);
      if (!resizeStates.includes(state)) yield notSupportedCause(at, name, resizeStates);
    }
    for (const [name, amount] of entriesIn(status, "allocatedResources")) {
      const wrong = [...wrongKey(name, "status.allocatedResources")];
      yield* wrong;
      if (wrong.length > 0) continue;
      const place = `status.allocatedResources[${name}]`;
      const negative = [...wrongAmount(amount, place)];
      yield* negative.length > 0 ? negative : wrongResourceAmount("storage", amount, place);
    }
  },
};

function* wrongAmount(amount: string, at: string): Causes {
  const quantity = Quantity.parse(amount);
  if (quantity.compare(0) < 0)
    yield invalidCause(at, Number(quantity.toMilli() / 1000n), "must be a valid resource quantity");
}

function* wrongKey(name: string, at: string): Causes {
  const problems = wrongQualifiedName(name);
  yield* wrongForm(at, name, () => problems);
  if (problems.length === 0 && isNativeResource(name) && name !== "storage")
    yield notSupportedCause(at, name, ["storage"]);
}
