import type { KubernetesObject } from "@kubewright/core";
import { schemaProblem } from "./check-schema.ts";
import type { CustomResourceDefinition } from "./crds.ts";

export function isDefinition({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition" && String(apiVersion).startsWith("apiextensions.k8s.io/");
}

/** What is wrong with a definition, as far as its types depend on it, beginning with the field; undefined where nothing is. */
export function definitionProblem({ apiVersion, ...object }: KubernetesObject): string | undefined {
  if (apiVersion !== "apiextensions.k8s.io/v1") {
    return `apiVersion is ${String(apiVersion)}, which no server has had since Kubernetes 1.22; convert it to apiextensions.k8s.io/v1`;
  }
  const { spec } = object as { readonly spec?: DeepUnknown };
  const names = spec?.names as DeepUnknown | undefined;
  const texts = [
    ["spec.group", spec?.group, subdomain],
    ["spec.names.plural", names?.plural, label],
    ["spec.names.kind", names?.kind, kindName],
    ["spec.names.listKind", names?.listKind ?? "Any", kindName],
    ["spec.names.singular", names?.singular || "any", label],
  ] as const;
  for (const [field, value, pattern] of texts) {
    const problem = textProblem(field, value, pattern);
    if (problem !== undefined) return problem;
  }
  if (spec?.scope !== "Namespaced" && spec?.scope !== "Cluster")
    return `spec.scope must be Namespaced or Cluster, ${not(spec?.scope)}`;
  const { versions } = spec;
  if (!Array.isArray(versions) || versions.length === 0) return "spec.versions must be a list of at least one";
  for (const [index, version] of (versions as unknown[]).entries()) {
    const problem = versionProblem((version ?? {}) as DeepUnknown, `spec.versions[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The definition, once {@link definitionProblem} found nothing. */
export function asDefinition(object: KubernetesObject): CustomResourceDefinition {
  return object as unknown as CustomResourceDefinition;
}

function versionProblem({ name, served, schema }: DeepUnknown, path: string): string | undefined {
  if (typeof served !== "boolean") return `${path}.served must be true or false, ${not(served)}`;
  if (!served) return undefined;
  const given = (schema as DeepUnknown | undefined)?.openAPIV3Schema;
  return (
    textProblem(`${path}.name`, name, label) ??
    (given === undefined
      ? `${path}.schema.openAPIV3Schema is missing: every served version has one`
      : schemaProblem(given, `${path}.schema.openAPIV3Schema`))
  );
}

type DeepUnknown = Readonly<Record<string, unknown>>;

// What the API server takes (apiextensions-apiserver, validation.go).
const label = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const kindName = /^[A-Za-z](?:[-A-Za-z0-9]*[A-Za-z0-9])?$/;

function textProblem(field: string, value: unknown, pattern: RegExp): string | undefined {
  if (value === undefined || value === null || value === "") return `${field} is missing`;
  if (typeof value === "string" && pattern.test(value)) return undefined;
  return `${field} is ${JSON.stringify(value)}, which the API server does not take as a name`;
}

function not(value: unknown): string {
  return value === undefined || value === null ? "and is missing" : `not ${JSON.stringify(value)}`;
}
