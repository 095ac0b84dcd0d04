import { Quantity } from "@kubewright/core";
import { equalValues } from "../objects/equal-values.ts";
import { type Causes, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from "./causes.ts";
import { wrongForm, wrongLabelSelectorIn } from "./checks.ts";
import { type Fields, objectIn, presentIn, textIn, textsIn } from "./fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain } from "./forms.ts";
import { wrongResourceAmount } from "./resource-names.ts";

// k8s.io/kubernetes pkg/apis/core/validation and pkg/api/persistentvolumeclaim

const accessModes: readonly string[] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const volumeModes: readonly string[] = ["Block", "Filesystem"];

/** What is wrong with a claim to a volume (ValidatePersistentVolumeClaimSpec). */
export function* wrongClaimSpec(spec: Fields, at: string): Causes {
  if (textsIn(spec, "accessModes").length === 0)
    yield requiredCause(`${at}.accessModes`, "at least 1 access mode is required");
  yield* wrongLabelSelectorIn(spec, "selector", `${at}.selector`);
  yield* wrongAccessModes(spec, at);
  yield* wrongStorage(spec, `${at}.resources[storage]`);
  yield* wrongClassName(spec, "storageClassName", at);
  yield* wrongVolumeMode(spec, at);
  yield* wrongSource(presentIn(spec, "dataSource"), `${at}.dataSource`);
  yield* wrongSourceReference(presentIn(spec, "dataSourceRef"), `${at}.dataSourceRef`);
  yield* wrongSourcePair(spec, at);
  yield* wrongClassName(spec, "volumeAttributesClassName", at);
}

/** How volumes may be mounted. */
export function* wrongAccessModes(spec: Fields, at: string): Causes {
  const modes = textsIn(spec, "accessModes");
  for (const mode of modes)
    if (!accessModes.includes(mode)) yield notSupportedCause(`${at}.accessModes`, mode, accessModes);
  const known = modes.filter((mode) => accessModes.includes(mode));
  const isOneOfOthers = known.some((mode) => mode !== "ReadWriteOncePod");
  if (known.includes("ReadWriteOncePod") && isOneOfOthers)
    yield forbiddenCause(`${at}.accessModes`, "may not use ReadWriteOncePod with other access modes");
}

/** Whether it is a file system; what is not said is fine. */
export function* wrongVolumeMode(spec: Fields, at: string): Causes {
  const mode = spec["volumeMode"];
  if (typeof mode === "string" && !volumeModes.includes(mode))
    yield notSupportedCause(`${at}.volumeMode`, mode, volumeModes);
}

/** The name of a class, where there is one (ValidateClassName). */
export function* wrongClassName(spec: Fields, field: string, at: string): Causes {
  const name = textIn(spec, field);
  if (name !== "") yield* wrongForm(`${at}.${field}`, name, wrongDnsSubdomain);
}

function* wrongStorage(spec: Fields, at: string): Causes {
  const amount = objectIn(objectIn(spec, "resources"), "requests")["storage"];
  if (typeof amount !== "string") yield requiredCause(at);
  else if (Quantity.parse(amount).compare(0) <= 0) yield invalidCause(at, amount, "must be greater than zero");
  else yield* wrongResourceAmount("storage", amount, at);
}

function* wrongSource(source: Fields | undefined, at: string): Causes {
  if (source === undefined) return;
  const [kind, group] = [textIn(source, "kind"), textIn(source, "apiGroup")];
  if (textIn(source, "name") === "") yield requiredCause(`${at}.name`);
  if (kind === "") yield requiredCause(`${at}.kind`);
  if (group !== "") yield* wrongForm(`${at}.apiGroup`, group, wrongDnsSubdomain);
  else if (kind !== "PersistentVolumeClaim")
    yield invalidCause(at, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
}

function* wrongSourceReference(source: Fields | undefined, at: string): Causes {
  yield* wrongSource(source, at);
  const namespace = textIn(source, "namespace");
  if (namespace !== "") yield* wrongForm(`${at}.namespace`, namespace, wrongDnsLabel);
}

/** The real one shows a path, of which nothing can be seen. */
const noPath = {};

/** The old field and the new one together. */
function* wrongSourcePair(spec: Fields, at: string): Causes {
  const [source, reference] = [presentIn(spec, "dataSource"), presentIn(spec, "dataSourceRef")];
  if (source === undefined || reference === undefined) return;
  if (textIn(reference, "namespace") !== "")
    yield invalidCause(at, noPath, "may not be specified when dataSourceRef.namespace is specified");
  else if (!["apiGroup", "kind", "name"].every((field) => equalValues(source[field], reference[field])))
    yield invalidCause(at, noPath, "must match dataSourceRef");
}

/** What may be wrong with one (GetWarningsForPersistentVolumeClaimSpec). */
export function claimSpecWarnings(spec: Fields, at: string): readonly string[] {
  return ["requests", "limits"].flatMap((field) => {
    const amount = objectIn(objectIn(spec, "resources"), field)["storage"];
    if (typeof amount !== "string" || Quantity.parse(amount).toMilli() % 1000n === 0n) return [];
    return [
      `${at}.resources.${field}[storage]: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`,
    ];
  });
}

/** Fills the old field from the new one and the other way round; what the old one never could say goes. */
export function normaliseSources(spec: Record<string, unknown>, old: Fields | undefined): void {
  const before = old?.["dataSource"] ?? old?.["dataSourceRef"];
  const [source, reference] = [presentIn(spec, "dataSource"), presentIn(spec, "dataSourceRef")];
  if (source !== undefined && reference === undefined) {
    if (before === undefined && !isOldSource(source)) delete spec["dataSource"];
    else spec["dataSourceRef"] = { ...source };
  } else if (reference !== undefined && source === undefined && textIn(reference, "namespace") === "") {
    const { namespace: _, ...rest } = reference;
    spec["dataSource"] = rest;
  }
}

function isOldSource(source: Fields): boolean {
  const [kind, group] = [textIn(source, "kind"), textIn(source, "apiGroup")];
  if (kind === "PersistentVolumeClaim") return group === "";
  return kind === "VolumeSnapshot" && group === "snapshot.storage.k8s.io";
}
