import { findCondition, type ObjectCondition } from "../conditions.ts";
import { type Fields, notYet, type ReadableObject, type Rule, saying } from "./rule.ts";

/**
 * Why the object's condition does not have that status, undefined when it has: as `kubectl wait --for=condition=…`
 * (k8s.io/kubectl pkg/cmd/wait/condition.go). A condition from before the last change of the spec does not count.
 */
export function whyNotCondition(object: ReadableObject, type: string, status: string = "True"): string | undefined {
  const condition = findCondition(object, type);
  if (condition === undefined) return `it has no condition ${type}${others(object)}`;
  const generation = object.metadata?.generation ?? 0;
  const observed = condition.observedGeneration ?? (object as Fields).status?.observedGeneration ?? Infinity;
  if (observed < generation) return `its condition ${type} is of generation ${observed}, but it is at ${generation}`;
  return condition.status === status ? undefined : `${type} is ${condition.status}${saying(condition)}`;
}

/** The rule of a kind that a condition tells all of. */
export function condition(type: string): Rule {
  return (object) => {
    const why = whyNotCondition(object, type);
    return why === undefined ? undefined : notYet(why);
  };
}

/** The conditions that there are: the one meant may be among them. */
function others(object: ReadableObject): string {
  const { status } = object as { readonly status?: { readonly conditions?: unknown } | null };
  const conditions: unknown = status?.conditions;
  if (!Array.isArray(conditions)) return "";
  const types = (conditions as (ObjectCondition | null)[]).flatMap((one) => one?.type ?? []);
  return types.length === 0 ? "" : `; it has ${types.join(", ")}`;
}
