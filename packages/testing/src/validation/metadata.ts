import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import type { ApiObject, ObjectMetadata } from "../store/api-object.ts";
import type { Draft, DraftMetadata } from "../objects/draft.ts";
import { equalValues } from "../objects/equal-values.ts";
import { type Causes, forbiddenCause, invalidCause, requiredCause, tooLongCause } from "./causes.ts";
import { wrongForm, wrongLabelsIn, wrongSign } from "./checks.ts";
import { wrongDnsLabel, wrongLongName, wrongQualifiedName } from "./forms.ts";
import { hasNewerNames, asksForKnownFinalizers, type MetadataCheck, metadataChecksOf } from "./metadata-checks.ts";
import { wrongName } from "./names.ts";

// k8s.io/apimachinery pkg/api/validation/objectmeta.go

/** All annotations of an object together, in bytes. */
const annotationsSize = 256 * 1024;

/** What is wrong with a new object's metadata. */
export function wrongMetadata({ metadata }: Draft, resource: ResourceInfo): Causes {
  return ownCheck("whole", metadata, undefined, resource);
}

/**
 * What is wrong with a changed object's metadata. The server looks at that of every object, and most of its resources do once more: then
 * causes stand twice.
 */
export function* wrongMetadataChange(
  { metadata }: Draft,
  { metadata: old }: ApiObject,
  resource: ResourceInfo,
  subresource: SubresourceInfo | undefined,
): Causes {
  yield* wrongWhole(metadata, resource, "pathSegment");
  yield* wrongChange(metadata, old);
  for (const check of metadataChecksOf(resource, subresource)) yield* ownCheck(check, metadata, old, resource);
}

/** As the validation of a resource does it. */
function* ownCheck(
  check: MetadataCheck,
  metadata: DraftMetadata,
  old: ObjectMetadata | undefined,
  resource: ResourceInfo,
): Causes {
  if (check === "whole" || old === undefined) yield* wrongWhole(metadata, resource, resource.names);
  else yield* wrongChange(metadata, old);
  if (asksForKnownFinalizers(resource)) yield* unknownFinalizers(metadata);
}

const knownFinalizers: readonly string[] = ["kubernetes", "orphan", "foregroundDeletion"];

/** k8s.io/kubernetes pkg/apis/core/validation, validateKubeFinalizerName */
function* unknownFinalizers({ finalizers = [] }: DraftMetadata): Causes {
  for (const [index, one] of finalizers.entries()) {
    if (!one.includes("/") && !knownFinalizers.includes(one)) {
      const why = "name is neither a standard finalizer name nor is it fully qualified";
      yield invalidCause(`metadata.finalizers[${index}]`, one, why);
    }
  }
}

/** ValidateObjectMetaAccessor */
function* wrongWhole(metadata: DraftMetadata, resource: ResourceInfo, names: ResourceInfo["names"]): Causes {
  const { namespaced } = resource;
  const { name = "", generateName = "", namespace = "", generation } = metadata;
  const isNewer = names === "subdomain" && hasNewerNames(resource);
  if (generateName !== "" && !isNewer) {
    for (const why of wrongName(names, generateName, true))
      yield invalidCause("metadata.generateName", generateName, why);
  }
  if (name === "") yield requiredCause("metadata.name", "name or generateName is required");
  else if (isNewer) yield* wrongForm("metadata.name", name, wrongLongName);
  else for (const why of wrongName(names, name, false)) yield invalidCause("metadata.name", name, why);
  if (namespaced && namespace !== "") yield* wrongForm("metadata.namespace", namespace, wrongDnsLabel);
  else if (namespaced) yield requiredCause("metadata.namespace");
  yield* wrongSign("metadata.generation", generation);
  yield* wrongLabelsIn(metadata, "labels", "metadata.labels");
  yield* wrongAnnotations(metadata);
  yield* wrongOwners(metadata);
  yield* wrongFinalizers(metadata);
}

const immutable: readonly string[] = [
  "name",
  "namespace",
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
];

/** ValidateObjectMetaAccessorUpdate */
function* wrongChange(metadata: DraftMetadata, old: ObjectMetadata): Causes {
  const added = (metadata.finalizers ?? []).filter((one) => old.finalizers?.includes(one) !== true);
  if (old.deletionTimestamp !== undefined && added.length > 0) {
    const list = [...new Set(added)].toSorted().map((one) => JSON.stringify(one));
    const found = `[]string{${list.join(", ")}}`;
    yield forbiddenCause(
      "metadata.finalizers",
      `no new finalizers can be added if the object is being deleted, found new finalizers ${found}`,
    );
  }
  const { generation = 0 } = metadata;
  if (generation < (old.generation ?? 0))
    yield invalidCause("metadata.generation", generation, "must not be decremented");
  for (const field of immutable) {
    if (!equalValues(metadata[field], old[field]))
      yield invalidCause(`metadata.${field}`, metadata[field], "field is immutable");
  }
  yield* wrongLabelsIn(metadata, "labels", "metadata.labels");
  yield* wrongAnnotations(metadata);
  yield* wrongOwners(metadata);
}

/** ValidateAnnotations */
export function* wrongAnnotations(
  { annotations = {} }: Pick<DraftMetadata, "annotations">,
  at = "metadata.annotations",
): Causes {
  for (const key of Object.keys(annotations)) {
    for (const why of wrongQualifiedName(key.toLowerCase())) yield invalidCause(at, key, why);
  }
  const encoder = new TextEncoder();
  const size = Object.entries(annotations).reduce((sum, pair) => sum + encoder.encode(pair.join("")).length, 0);
  if (size > annotationsSize) yield tooLongCause(at, annotationsSize);
}

function* wrongOwners({ ownerReferences = [] }: DraftMetadata): Causes {
  const at = "metadata.ownerReferences";
  let first: string | undefined;
  for (const reference of ownerReferences) {
    yield* wrongOwner(reference, at);
    if (reference["controller"] !== true) continue;
    const controller = `${String(reference["kind"])}/${String(reference["name"])}`;
    if (first !== undefined) {
      const why = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${controller}`;
      yield invalidCause(at, ownerReferences, why);
    } else first = controller;
  }
}

function* wrongOwner(reference: Readonly<Record<string, unknown>>, at: string): Causes {
  const { apiVersion = "", kind = "", name = "", uid = "" } = reference;
  const version = String(apiVersion).split("/").at(-1);
  if (version === "") yield invalidCause(`${at}.apiVersion`, apiVersion, "version must not be empty");
  if (kind === "") yield invalidCause(`${at}.kind`, kind, "must not be empty");
  if (name === "") yield invalidCause(`${at}.name`, name, "must not be empty");
  if (uid === "") yield invalidCause(`${at}.uid`, uid, "must not be empty");
  if (apiVersion === "v1" && kind === "Event")
    yield invalidCause(at, reference, "/v1, Kind=Event is disallowed from being an owner");
}

function* wrongFinalizers({ finalizers = [] }: DraftMetadata): Causes {
  for (const one of finalizers) yield* wrongForm("metadata.finalizers", one, wrongQualifiedName);
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    yield invalidCause("metadata.finalizers", finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
  }
}
