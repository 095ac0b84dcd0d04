import { Quantity } from "@kubewright/core";
import { equalValues } from "../../objects/equal-values.ts";
import { type Causes, invalidCause, requiredCause } from "../../validation/causes.ts";
import { entriesIn, type Fields, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { isHugePages, wrongResourceAmount, wrongResourceName } from "../../validation/resource-names.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/core/validation and pkg/apis/core/helper

const measured = ["cpu", "memory", "ephemeral-storage"];
const standard: ReadonlySet<string> = new Set([
  ...measured,
  ...measured.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  "requests.storage",
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "persistentvolumeclaims",
  "configmaps",
  "services.nodeports",
  "services.loadbalancers",
]);

const ofPods = ["pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

/** Which resources a scope can be about. */
const scopes: Readonly<Record<string, readonly string[]>> = {
  Terminating: ofPods,
  NotTerminating: ofPods,
  BestEffort: ["pods"],
  NotBestEffort: ofPods,
  PriorityClass: ofPods,
  CrossNamespacePodAffinity: ofPods,
  VolumeAttributesClass: ["persistentvolumeclaims", "requests.storage"],
};
const withoutValues = ["BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity"];
const contrary = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
] as const;

/** A ResourceQuota. */
export const resourceQuotas: Strategy = {
  validate: wrongQuota,
  *validateUpdate(draft, old) {
    yield* wrongQuota(draft);
    const [now, before] = [draft, old].map((one) => textsIn(objectIn(one, "spec"), "scopes")) as [string[], string[]];
    if (!equalValues([...new Set(now)].toSorted(), [...new Set(before)].toSorted()))
      yield invalidCause("spec.scopes", now.length === 0 ? null : now, "field is immutable");
  },
  warnings: quotaWarnings,
};

/** `resourcequotas/status` */
export const resourceQuotaStatus: Strategy = {
  *validateUpdate(draft) {
    const status = objectIn(draft, "status");
    yield* wrongAmounts(status, "hard", "status.hard");
    yield* wrongAmounts(status, "used", "status.used");
  },
};

function isStandard(name: string): boolean {
  return standard.has(name) || isHugePages(name) || name.startsWith("requests.hugepages-");
}

function* wrongQuota(quota: Fields): Causes {
  const spec = objectIn(quota, "spec");
  yield* wrongAmounts(spec, "hard", "spec.hard");
  yield* wrongScopes(spec);
  const selector = presentIn(spec, "scopeSelector");
  if (selector !== undefined) yield* wrongSelector(spec, selector);
}

function* wrongAmounts(object: Fields, field: string, at: string): Causes {
  for (const [name, amount] of entriesIn(object, field)) {
    const place = `${at}[${name}]`;
    yield* wrongResourceName(name, place);
    if (!name.includes("/") && !isStandard(name))
      yield invalidCause(place, name, "must be a standard resource for quota");
    yield* wrongResourceAmount(name, amount, place);
  }
}

/** The resources that a scope cannot be about. */
function unscoped(scope: string, spec: Fields): readonly string[] {
  const known = scopes[scope];
  const names = Object.keys(objectIn(spec, "hard")).filter(isStandard);
  return known === undefined ? [] : names.filter((name) => !known.includes(name));
}

function* wrongScopes(spec: Fields): Causes {
  const given = textsIn(spec, "scopes");
  const at = "spec.scopes";
  for (const scope of given) {
    if (!Object.hasOwn(scopes, scope)) yield invalidCause(at, given, "unsupported scope");
    for (const _ of unscoped(scope, spec)) yield invalidCause(at, given, "unsupported scope applied to resource");
  }
  for (const pair of contrary)
    if (pair.every((scope) => given.includes(scope))) yield invalidCause(at, given, "conflicting scopes");
}

function* wrongSelector(spec: Fields, selector: Fields): Causes {
  const at = "spec.scopeSelector.matchExpressions";
  const requirements = objectsIn(selector, "matchExpressions");
  for (const requirement of requirements) {
    const [scope, operator] = [textIn(requirement, "scopeName"), textIn(requirement, "operator")];
    const values = textsIn(requirement, "values");
    if (!Object.hasOwn(scopes, scope)) yield invalidCause(`${at}.scopeName`, scope, "unsupported scope");
    for (const _ of unscoped(scope, spec)) {
      // In the form of the server's own type, which says nothing of JSON.
      const shown = requirements.map((one) => ({
        ScopeName: one["scopeName"],
        Operator: one["operator"],
        Values: one["values"] ?? null,
      }));
      yield invalidCause(at, { MatchExpressions: shown }, "unsupported scope applied to resource");
    }
    if (withoutValues.includes(scope) && operator !== "Exists") {
      const why =
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
      yield invalidCause(`${at}.operator`, operator, why);
    }
    yield* wrongValues(operator, values, at);
  }
  const names = requirements.map((one) => textIn(one, "scopeName"));
  for (const pair of contrary)
    if (pair.every((scope) => names.includes(scope)))
      yield invalidCause(at, spec["scopes"] ?? null, "conflicting scopes");
}

function* wrongValues(operator: string, values: readonly string[], at: string): Causes {
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0)
      yield requiredCause(
        `${at}.values`,
        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      );
  } else if (operator !== "Exists" && operator !== "DoesNotExist")
    yield invalidCause(`${at}.operator`, operator, "not a valid selector operator");
  else if (values.length > 0)
    yield invalidCause(
      `${at}.values`,
      values,
      "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
    );
}

/** Of a new one: more may be requested than the limit is. */
function quotaWarnings(quota: Fields): readonly string[] {
  const hard = objectIn(objectIn(quota, "spec"), "hard") as Readonly<Record<string, string>>;
  return measured.flatMap((name) => {
    const prefixed = `requests.${name}`;
    const request = hard[prefixed] === undefined && name !== "ephemeral-storage" ? name : prefixed;
    const [wanted, most] = [hard[request], hard[`limits.${name}`]];
    if (wanted === undefined || most === undefined || Quantity.parse(wanted).compare(most) <= 0) return [];
    return [`ResourceQuota ${request} (${wanted}) should be less than limits.${name} (${most})`];
  });
}
