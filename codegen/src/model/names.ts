import type { GroupVersionKind } from "../load/openapi.ts";
import { isReservedType } from "./reserved-words.ts";

// Names depend on the group, version, kind and plural alone, never on what else a cluster serves.

/** The groups of Kubernetes itself and their short names, which are client-go's. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ["", "core"],
  ["admissionregistration.k8s.io", "admissionregistration"],
  ["apiextensions.k8s.io", "apiextensions"],
  ["apiregistration.k8s.io", "apiregistration"],
  ["apps", "apps"],
  ["authentication.k8s.io", "authentication"],
  ["authorization.k8s.io", "authorization"],
  ["autoscaling", "autoscaling"],
  ["batch", "batch"],
  ["certificates.k8s.io", "certificates"],
  ["coordination.k8s.io", "coordination"],
  ["discovery.k8s.io", "discovery"],
  ["events.k8s.io", "events"],
  ["flowcontrol.apiserver.k8s.io", "flowcontrol"],
  ["internal.apiserver.k8s.io", "apiserverinternal"],
  ["networking.k8s.io", "networking"],
  ["node.k8s.io", "node"],
  ["policy", "policy"],
  ["rbac.authorization.k8s.io", "rbac"],
  ["resource.k8s.io", "resource"],
  ["scheduling.k8s.io", "scheduling"],
  ["storage.k8s.io", "storage"],
  ["storagemigration.k8s.io", "storagemigration"],
]);

const groupsByShortName: ReadonlyMap<string, string> = new Map([...shortNames].map(([group, short]) => [short, group]));

/** True for the groups of Kubernetes itself, whose modules kubewright ships. */
export function isBuiltIn(group: string): boolean {
  return shortNames.has(group);
}

/** The built-in group that has this short name, such as `rbac`. */
export function builtInGroup(shortName: string): string | undefined {
  return groupsByShortName.get(shortName);
}

/** The module of a group-version: `apps/v1`, `rbac/v1`, `networking.istio.io/v1`. */
export function moduleOf(group: string, version: string): string {
  return `${shortNames.get(group) ?? group}/${version}`;
}

/** The name of a group-version's client: `AppsV1`, `NetworkingIstioIoV1`; `_3scaleNetV1`, as no name begins with a digit. */
export function groupClientName(group: string, version: string): string {
  return pascal(shortNames.get(group) ?? group).replace(/^\p{N}/u, "_$&") + versionName(version);
}

/** A version within a name: `V1alpha1`. A hyphen becomes `_`, so that `v1-1-0`, `v1-10` and `v11-0` do not meet. */
function versionName(version: string): string {
  return capitalized(version).replaceAll("-", "_");
}

/** A name of the API as one of TypeScript. A kind may have hyphens; two `_` for each keep `my-kind` apart from all others. */
export function identifier(name: string): string {
  const text = name.replaceAll("-", "__");
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text) ? text : pascal(name);
}

/**
 * The name of a type that the API of a group-version calls `name`. What else a module has never matters: names that end in
 * `Resource` are for clients, the group's own for its client, and words of the language for nothing. A type of such a name ends
 * in `_`, which no name of the API does.
 */
export function typeName(name: string, groupName: string): string {
  const text = identifier(name);
  return text.endsWith("Resource") || text === groupName || isReservedType(text) ? `${text}_` : text;
}

/** `group/version` as objects say it; the core group has no group. */
export function apiVersionOf(group: string, version: string): string {
  return group === "" ? version : `${group}/${version}`;
}

/** A kind in one line: `apps/v1 Deployment`. */
export function kindText({ group, version, kind }: GroupVersionKind): string {
  return `${apiVersionOf(group, version)} ${kind}`;
}

/**
 * The name of a resource in its group client: the plural with the kind's capitals (`configMaps`, `csiNodes`, `serviceCIDRs`).
 * As far as plural and kind are equal letter by letter, the kind's capitals count; a first run of capitals becomes small;
 * hyphens of the plural go and the letter behind them is large.
 */
export function resourceName(plural: string, kind: string): string {
  const model = lowerFirstWord(kind);
  const letters = plural.replaceAll("-", "");
  let same = 0;
  while (same < model.length && model[same]!.toLowerCase() === letters[same]) same++;
  return model.slice(0, same) + camel(plural, same);
}

/** A word in Pascal case; everything that cannot stand in a name parts words. */
export function pascal(text: string): string {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .map(capitalized)
    .join("");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `CSINode` → `csiNode`, `ConfigMap` → `configMap`, `API` → `api`. */
function lowerFirstWord(kind: string): string {
  return kind.replace(/^\p{Lu}+(?=\p{Lu}\p{Ll}|\P{L}|$)|^\p{Lu}/u, (first) => first.toLowerCase());
}

/** The plural without hyphens from its `skip`th letter on. */
function camel(plural: string, skip: number): string {
  const whole = plural.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase());
  return whole.slice(skip);
}
