import type { Cause } from "../exchange/refusal.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Draft, DraftMetadata } from "../objects/draft.ts";
import { equalValues } from "../objects/equal-values.ts";
import { forbiddenCause, invalidCause, requiredCause, tooLongCause } from "./causes.ts";
import { wrongLabelValue, wrongQualifiedName } from "./forms.ts";
import { wrongName } from "./names.ts";

// k8s.io/apimachinery pkg/api/validation/objectmeta.go

/** All annotations of an object together, in bytes. */
const annotationsSize = 256 * 1024;

/** What is wrong with a new object's metadata. */
export function wrongMetadata({ metadata }: Draft, { names }: ResourceInfo): readonly Cause[] {
  const { name = "", generateName = "" } = metadata;
  const prefix = generateName === "" ? [] : wrongName(names, generateName, true);
  const causes = prefix.map((why) => invalidCause("metadata.generateName", generateName, why));
  if (name === "") causes.push(requiredCause("metadata.name", "name or generateName is required"));
  else causes.push(...wrongName(names, name, false).map((why) => invalidCause("metadata.name", name, why)));
  return [
    ...causes,
    ...wrongLabels(metadata),
    ...wrongAnnotations(metadata),
    ...wrongOwners(metadata),
    ...wrongFinalizers(metadata),
  ];
}

/** What is wrong with a changed object's metadata. */
export function wrongMetadataChange({ metadata }: Draft, { metadata: old }: ApiObject): readonly Cause[] {
  const causes: Cause[] = [];
  const added = (metadata.finalizers ?? []).filter((one) => old.finalizers?.includes(one) !== true);
  if (old.deletionTimestamp !== undefined && added.length > 0) {
    const list = [...new Set(added)].toSorted().map((one) => JSON.stringify(one));
    const found = `[]string{${list.join(", ")}}`;
    const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${found}`;
    causes.push(forbiddenCause("metadata.finalizers", why));
  }
  for (const field of [
    "name",
    "namespace",
    "uid",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
  ]) {
    if (equalValues(metadata[field], old[field])) continue;
    causes.push(invalidCause(`metadata.${field}`, metadata[field] ?? null, "field is immutable"));
  }
  return [...causes, ...wrongLabels(metadata), ...wrongAnnotations(metadata), ...wrongOwners(metadata)];
}

function wrongLabels({ labels = {} }: DraftMetadata): readonly Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...wrongQualifiedName(key).map((why) => invalidCause("metadata.labels", key, why)),
    ...wrongLabelValue(value).map((why) => invalidCause("metadata.labels", value, why)),
  ]);
}

/** Of an object, or of a template, whose annotations stand elsewhere. */
export function wrongAnnotations(
  { annotations = {} }: Pick<DraftMetadata, "annotations">,
  at = "metadata.annotations",
): readonly Cause[] {
  const causes = Object.keys(annotations).flatMap((key) =>
    wrongQualifiedName(key.toLowerCase()).map((why) => invalidCause(at, key, why)),
  );
  const encoder = new TextEncoder();
  const size = Object.entries(annotations).reduce((sum, pair) => sum + encoder.encode(pair.join("")).length, 0);
  return size > annotationsSize ? [...causes, tooLongCause(at, annotationsSize)] : causes;
}

function wrongOwners({ ownerReferences = [] }: DraftMetadata): readonly Cause[] {
  const field = "metadata.ownerReferences";
  const causes = ownerReferences.flatMap(({ apiVersion = "", kind = "", name = "", uid = "" }) => [
    ...(apiVersion === "" ? [invalidCause(`${field}.apiVersion`, apiVersion, "version must not be empty")] : []),
    ...(kind === "" ? [invalidCause(`${field}.kind`, kind, "must not be empty")] : []),
    ...(name === "" ? [invalidCause(`${field}.name`, name, "must not be empty")] : []),
    ...(uid === "" ? [invalidCause(`${field}.uid`, uid, "must not be empty")] : []),
  ]);
  const [first, ...others] = ownerReferences
    .filter(({ controller }) => controller === true)
    .map(({ kind, name }) => `${String(kind)}/${String(name)}`);
  for (const other of others) {
    const why = `Only one reference can have Controller set to true. Found "true" in references for ${first ?? ""} and ${other}`;
    causes.push(invalidCause(field, ownerReferences, why));
  }
  return causes;
}

function wrongFinalizers({ finalizers = [] }: DraftMetadata): readonly Cause[] {
  const causes = finalizers.flatMap((one) =>
    wrongQualifiedName(one).map((why) => invalidCause("metadata.finalizers", one, why)),
  );
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    const why = "finalizer orphan and foregroundDeletion cannot be both set";
    causes.push(invalidCause("metadata.finalizers", finalizers, why));
  }
  return causes;
}
