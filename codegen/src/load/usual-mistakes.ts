import type { KubernetesObject } from "@kubewright/core";

// What people give instead of definitions, and what to give then.

const pipe = "| npx @kubewright/codegen … --crds -";

/** What a text is that tools fill in before it is a manifest; undefined for any other text. */
export function templateProblem(text: string): string | undefined {
  if (/\{\{[\s\S]*?\}\}/.test(text)) {
    return `it is a template of Helm or its like; render it first: helm template CHART --include-crds ${pipe}`;
  }
  if (/\$\{\w+(?::?[-=?+][^}]*)?\}/.test(text)) {
    return `it holds variables such as \${NAME}; fill them in first: envsubst < FILE ${pipe}`;
  }
  return undefined;
}

/** Why a file that somebody named holds no definition. */
export function withoutDefinitions(text: string, objects: readonly KubernetesObject[]): string {
  if (text.trim() === "") return "it is empty";
  const [first] = objects;
  if (first === undefined) return "it holds no object";
  if (String(first.apiVersion).startsWith("kustomize.config.k8s.io/")) {
    return `it is a kustomization; build it first: kubectl kustomize FOLDER ${pipe}`;
  }
  const kinds = [...new Set(objects.map(({ apiVersion, kind }) => `${kind} of ${apiVersion}`))];
  const listed =
    kinds.length > 3 ? `${kinds.slice(0, 3).join(", ")} and ${kinds.length - 3} other kinds` : kinds.join(", ");
  return `it holds no CustomResourceDefinition, but ${listed}; a definition is what an operator installs, kubectl get crd -o yaml prints those of a cluster`;
}

/** Why a text is not a manifest, beyond what the reader of manifests says. */
export function unreadable(text: string, problem: string): string {
  const template = templateProblem(text);
  if (template !== undefined) return template;
  if (/^\s*\[/.test(text))
    return "it is a list in JSON; kubectl's lists are objects: { kind: List, apiVersion: v1, items: [ … ] }";
  if (/^(?:resources|bases|patches|namespace|images|configurations):/m.test(text) && !/^kind:/m.test(text)) {
    return `it is a kustomization; build it first: kubectl kustomize FOLDER ${pipe}`;
  }
  return problem;
}
