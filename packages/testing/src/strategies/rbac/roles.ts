import { type Causes, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongLabelSelector } from "../../validation/checks.ts";
import { type Fields, objectsIn, presentIn, textsIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/rbac/validation. Nobody is kept from giving others more than they have themselves.

/** A Role. */
export const roles: Strategy = {
  validate: (role) => wrongRules(role, true),
  validateUpdate: (role) => wrongRules(role, true),
};

/** A ClusterRole. */
export const clusterRoles: Strategy = { validate: wrongClusterRole, validateUpdate: wrongClusterRole };

function* wrongClusterRole(role: Fields): Causes {
  yield* wrongRules(role, false);
  const aggregation = presentIn(role, "aggregationRule");
  if (aggregation === undefined) return;
  const at = "aggregationRule.clusterRoleSelectors";
  const selectors = objectsIn(aggregation, "clusterRoleSelectors");
  if (selectors.length === 0)
    yield requiredCause(at, "at least one clusterRoleSelector required if aggregationRule is non-nil");
  for (const [index, selector] of selectors.entries()) {
    const wrong = [...wrongLabelSelector(selector, `${at}[${index}]`)];
    yield* wrong;
    if (wrong.length > 0) yield invalidCause(`${at}[${index}]`, null, "invalid label selector.");
  }
}

function* wrongRules(role: Fields, isNamespaced: boolean): Causes {
  for (const [index, rule] of objectsIn(role, "rules").entries())
    yield* wrongRule(rule, isNamespaced, `rules[${index}]`);
}

function* wrongRule(rule: Fields, isNamespaced: boolean, at: string): Causes {
  const has = (field: string): boolean => textsIn(rule, field).length > 0;
  if (!has("verbs")) yield requiredCause(`${at}.verbs`, "verbs must contain at least one value");
  if (has("nonResourceURLs")) {
    const urls = textsIn(rule, "nonResourceURLs");
    const place = `${at}.nonResourceURLs`;
    if (isNamespaced) yield invalidCause(place, urls, "namespaced rules cannot apply to non-resource URLs");
    if (has("apiGroups") || has("resources") || has("resourceNames"))
      yield invalidCause(place, urls, "rules cannot apply to both regular resources and non-resource URLs");
    return;
  }
  if (!has("apiGroups")) yield requiredCause(`${at}.apiGroups`, "resource rules must supply at least one api group");
  if (!has("resources")) yield requiredCause(`${at}.resources`, "resource rules must supply at least one resource");
}
