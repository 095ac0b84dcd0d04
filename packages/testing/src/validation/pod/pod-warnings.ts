import { Quantity } from "@kubewright/core";
import { appArmorProfile } from "../../objects/app-armor-profile.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { entriesIn, type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../fields.ts";
import { claimSpecWarnings } from "../claim-spec.ts";
import { wrongLabelValue } from "../forms.ts";
import { ipWarnings } from "../ip.ts";
import { appArmorPrefix, seccompPod, seccompPrefix } from "./pod-annotations.ts";
import { containersOf } from "./pod-parts.ts";
import { portWarnings } from "./port-warnings.ts";
import { overlapWarnings } from "./volume-warnings.ts";

/**
 * What the server warns of in the spec of a pod, or of a template that stands at a path; "" for a pod.
 * k8s.io/kubernetes pkg/api/pod/warnings.go, warningsForPodSpecAndMeta.
 */
export function podWarnings(spec: Fields, metadata: Fields, at: string): readonly string[] {
  const place = at === "" ? "" : `${at}.`;
  return [...warnings(spec, metadata, { at: `${place}spec`, notes: `${place}metadata.annotations`, isPod: at === "" })];
}

interface Places {
  /** Of the spec. */
  readonly at: string;
  /** Of the annotations. */
  readonly notes: string;
  readonly isPod: boolean;
}

function* warnings(spec: Fields, metadata: Fields, { at, notes, isPod }: Places): Iterable<string> {
  yield* labelWarnings(spec, at);
  for (const [key, message] of deprecatedAnnotations)
    if (objectIn(metadata, "annotations")[key] !== undefined) yield `${notes}[${key}]: ${message}`;
  yield* volumeWarnings(spec, at);
  yield* overlapWarnings(spec);
  yield* repeated(objectsIn(spec, "hostAliases"), "ip", `${at}.hostAliases`);
  const secrets = objectsIn(spec, "imagePullSecrets");
  yield* repeated(secrets, "name", `${at}.imagePullSecrets`);
  for (const [index, secret] of secrets.entries())
    if (textIn(secret, "name") === "") yield `${at}.imagePullSecrets[${index}].name: invalid empty name ""`;
  yield* fractions(objectIn(spec, "overhead"), `${at}.overhead`);
  const annotations = new Map(entriesIn(metadata, "annotations"));
  if (objectIn(spec, "securityContext")["seccompProfile"] === undefined && annotations.has(seccompPod))
    yield `${notes}[${seccompPod}]: ${seccompInstead}`;
  for (const [container, place] of containersOf(spec, at)) {
    yield* profileWarnings(container, spec, { annotations, notes, isPod });
    for (const field of ["limits", "requests"])
      yield* fractions(objectIn(objectIn(container, "resources"), field), `${place}.resources.${field}`, "memory");
    for (const field of ["limits", "requests"])
      yield* fractions(
        objectIn(objectIn(container, "resources"), field),
        `${place}.resources.${field}`,
        "ephemeral-storage",
      );
    yield* hiddenVariables(objectsIn(container, "env"), `${place}.env`);
  }
  yield* portWarnings(spec, at);
  if ((numberIn(spec, "terminationGracePeriodSeconds") ?? 0) < 0)
    yield `${at}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`;
  yield* affinityWarnings(objectIn(spec, "affinity"), `${at}.affinity`);
  for (const [index, server] of textsIn(objectIn(spec, "dnsConfig"), "nameservers").entries())
    yield* ipWarnings(`${at}.dnsConfig.nameservers[${index}]`, server);
  for (const [index, alias] of objectsIn(spec, "hostAliases").entries())
    yield* ipWarnings(`${at}.hostAliases[${index}].ip`, textIn(alias, "ip"));
}

/** What became of some labels of nodes (pkg/api/node/util.go). */
export const deprecatedLabels: Readonly<Record<string, string>> = {
  "beta.kubernetes.io/arch": `deprecated since v1.14; use "kubernetes.io/arch" instead`,
  "beta.kubernetes.io/os": `deprecated since v1.14; use "kubernetes.io/os" instead`,
  "failure-domain.beta.kubernetes.io/region": `deprecated since v1.17; use "topology.kubernetes.io/region" instead`,
  "failure-domain.beta.kubernetes.io/zone": `deprecated since v1.17; use "topology.kubernetes.io/zone" instead`,
  "beta.kubernetes.io/instance-type": `deprecated since v1.17; use "node.kubernetes.io/instance-type" instead`,
  "app.kubernetes.io/created-by": "deprecated since v1.9",
  "scheduler.alpha.kubernetes.io/preferAvoidPods": "deprecated since v1.22; use Taints and Tolerations instead",
  "node-role.kubernetes.io/master": `use "node-role.kubernetes.io/control-plane" instead`,
};

const deprecatedAnnotations = [
  ["scheduler.alpha.kubernetes.io/critical-pod", `non-functional in v1.16+; use the "priorityClassName" field instead`],
  ["security.alpha.kubernetes.io/sysctls", `non-functional in v1.11+; use the "sysctls" field instead`],
  ["security.alpha.kubernetes.io/unsafe-sysctls", `non-functional in v1.11+; use the "sysctls" field instead`],
] as const;

function* labelWarnings(spec: Fields, at: string): Iterable<string> {
  for (const [key] of entriesIn(spec, "nodeSelector"))
    if (deprecatedLabels[key] !== undefined) yield `${at}.nodeSelector[${key}]: ${deprecatedLabels[key]}`;
  const affinity = objectIn(objectIn(spec, "affinity"), "nodeAffinity");
  const place = `${at}.affinity.nodeAffinity`;
  const terms = objectsIn(objectIn(affinity, required), "nodeSelectorTerms");
  for (const [index, term] of terms.entries())
    yield* termWarnings(term, `${place}.${required}.nodeSelectorTerms[${index}]`, false);
  for (const [index, term] of objectsIn(affinity, preferred).entries())
    yield* termWarnings(objectIn(term, "preference"), `${place}.${preferred}[${index}].preference`, true);
  for (const [index, constraint] of objectsIn(spec, "topologySpreadConstraints").entries()) {
    const key = textIn(constraint, "topologyKey");
    const where = `${at}.topologySpreadConstraints[${index}]`;
    if (deprecatedLabels[key] !== undefined) yield `${where}.topologyKey: ${key} is ${deprecatedLabels[key]}`;
    if (presentIn(constraint, "labelSelector") === undefined) yield `${where}.labelSelector: ${noPod}`;
  }
}

const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
const noPod = "a null labelSelector results in matching no pod";

function* termWarnings(term: Fields, at: string, withValues: boolean): Iterable<string> {
  for (const [index, expression] of objectsIn(term, "matchExpressions").entries()) {
    const key = textIn(expression, "key");
    const place = `${at}.matchExpressions[${index}]`;
    if (deprecatedLabels[key] !== undefined) yield `${place}.key: ${key} is ${deprecatedLabels[key]}`;
    if (!withValues) continue;
    for (const [which, value] of textsIn(expression, "values").entries())
      for (const why of wrongLabelValue(value)) yield `${place}.values[${which}]: ${value} is invalid, ${why}`;
  }
}

/** Kinds of volumes that did once work, by their fields. */
const deprecatedVolumes = [
  ["photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"],
  ["scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["flocker", "flocker", "deprecated in v1.22, non-functional in v1.25+"],
  ["storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"],
  ["quobyte", "quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"],
] as const;

function* volumeWarnings(spec: Fields, at: string): Iterable<string> {
  for (const [index, volume] of objectsIn(spec, "volumes").entries()) {
    for (const [field, shown, message] of deprecatedVolumes)
      if (presentIn(volume, field) !== undefined) yield `${at}.volumes[${index}].${shown}: ${message}`;
    const template = presentIn(objectIn(volume, "ephemeral"), "volumeClaimTemplate");
    const place = `${at}.volumes[${index}].ephemeral.volumeClaimTemplate.spec`;
    if (template !== undefined) yield* claimSpecWarnings(objectIn(template, "spec"), place);
  }
}

function* repeated(items: readonly Fields[], field: string, at: string): Iterable<string> {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const value = textIn(item, field);
    if (seen.has(value)) yield `${at}[${index}].${field}: duplicate ${field} ${JSON.stringify(value)}`;
    seen.add(value);
  }
}

/** Bytes come whole. */
function* fractions(amounts: Fields, at: string, ...names: readonly string[]): Iterable<string> {
  for (const name of names.length === 0 ? ["memory", "ephemeral-storage"] : names) {
    const amount = amounts[name];
    if (typeof amount !== "string" || Quantity.parse(amount).toMilli() % 1000n === 0n) continue;
    yield `${at}[${name}]: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`;
  }
}

const seccompInstead = `non-functional in v1.27+; use the "seccompProfile" field instead`;

interface Notes {
  readonly annotations: ReadonlyMap<string, string>;
  readonly notes: string;
  readonly isPod: boolean;
}

/** Of a pod, what is said of AppArmor is said while it is prepared. */
function* profileWarnings(container: Fields, spec: Fields, { annotations, notes, isPod }: Notes): Iterable<string> {
  const name = textIn(container, "name");
  const context = objectIn(container, "securityContext");
  const seccomp = `${seccompPrefix}${name}`;
  if (context["seccompProfile"] === undefined && annotations.has(seccomp))
    yield `${notes}[${seccomp}]: ${seccompInstead}`;
  const appArmor = `${appArmorPrefix}${name}`;
  const annotation = annotations.get(appArmor);
  if (isPod || context["appArmorProfile"] !== undefined || annotation === undefined) return;
  const ofPod = presentIn(objectIn(spec, "securityContext"), "appArmorProfile");
  if (ofPod === undefined || !equalValues(ofPod, appArmorProfile(annotation)))
    yield `${notes}[${appArmor}]: deprecated since v1.30; use the "appArmorProfile" field instead`;
}

/** A variable that is set again has to build on what it was. */
function* hiddenVariables(variables: readonly Fields[], at: string): Iterable<string> {
  const seen = new Set<string>();
  for (const [index, variable] of variables.entries()) {
    const name = textIn(variable, "name");
    const value = textIn(variable, "value");
    const reference = `$(${name})`;
    const builds = presentIn(variable, "valueFrom") === undefined && value !== reference && value.includes(reference);
    if (seen.has(name) && !builds) {
      yield `${at}[${index}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`;
    }
    seen.add(name);
  }
}

function* affinityWarnings(affinity: Fields, at: string): Iterable<string> {
  for (const field of ["podAffinity", "podAntiAffinity"]) {
    const kind = objectIn(affinity, field);
    for (const [index, term] of objectsIn(kind, required).entries()) {
      if (presentIn(term, "labelSelector") === undefined)
        yield `${at}.${field}.${required}[${index}].labelSelector: ${noPod}`;
    }
    for (const [index, term] of objectsIn(kind, preferred).entries()) {
      if (presentIn(objectIn(term, "podAffinityTerm"), "labelSelector") === undefined)
        yield `${at}.${field}.${preferred}[${index}].podAffinityTerm.labelSelector: ${noPod}`;
    }
  }
}
