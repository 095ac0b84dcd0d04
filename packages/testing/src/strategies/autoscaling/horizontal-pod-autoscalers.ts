import { Quantity } from "@kubewright/core";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, invalidCause, notSupportedCause, requiredCause } from "../../validation/causes.ts";
import { wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";
import { isReadableVersion, wrongMetrics, wrongReference } from "./metrics.ts";

// k8s.io/kubernetes pkg/registry/autoscaling/horizontalpodautoscaler, pkg/apis/autoscaling/validation/validation.go

/** HorizontalPodAutoscalers, as they are kept: in autoscaling/v2. */
export const horizontalPodAutoscalers: Strategy = {
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"), undefined)],
  validateUpdate: (draft, old) => [...wrongSpec(objectIn(draft, "spec"), old)],
};

/** Their status. */
export const horizontalPodAutoscalerStatus: Strategy = {
  validateUpdate(draft) {
    const status = objectIn(draft, "status");
    return ["currentReplicas", "desiredReplicas"].flatMap((field) => [
      ...wrongSign(`status.${field}`, numberIn(status, field)),
    ]);
  },
};

const longestPeriod = 1800;
const longestWindow = 3600;

function* wrongSpec(spec: Fields, old: ApiObject | undefined): Causes {
  const before = old === undefined ? undefined : objectIn(old, "spec");
  const least = numberIn(before, "minReplicas") === 0 ? 0 : 1;
  const minReplicas = numberIn(spec, "minReplicas");
  const maxReplicas = numberIn(spec, "maxReplicas") ?? 0;
  if (minReplicas !== undefined && minReplicas < least)
    yield invalidCause("spec.minReplicas", minReplicas, `must be greater than or equal to ${least}`);
  if (maxReplicas === 0) yield requiredCause("spec.maxReplicas", "must be set and greater than 0");
  else if (maxReplicas < 0) yield invalidCause("spec.maxReplicas", maxReplicas, "must be greater than or equal to 1");
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    yield invalidCause("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`");
  yield* wrongTarget(objectIn(spec, "scaleTargetRef"), before);
  yield* wrongMetrics(spec, objectsIn(before, "metrics").some(isUnreadable));
  for (const direction of ["scaleUp", "scaleDown"]) {
    const rules = presentIn(presentIn(spec, "behavior"), direction);
    if (rules !== undefined) yield* wrongRules(rules, `spec.behavior.${direction}`);
  }
}

/** What is scaled; the version of what was scaled before is not looked at again. */
function* wrongTarget(target: Fields, before: Fields | undefined): Causes {
  const old = presentIn(before, "scaleTargetRef");
  const isSame = old !== undefined && old["apiVersion"] === target["apiVersion"] && old["kind"] === target["kind"];
  const group = textIn(target, "kind") === "ReplicationController" ? "optional" : "required";
  yield* wrongReference(target, "spec.scaleTargetRef", isSame ? "any" : group);
}

function isUnreadable(metric: Fields): boolean {
  const described = presentIn(presentIn(metric, "object"), "describedObject");
  return textIn(metric, "type") === "Object" && described !== undefined && !isReadableVersion(described);
}

function* wrongRules(rules: Fields, at: string): Causes {
  const window = numberIn(rules, "stabilizationWindowSeconds") ?? 0;
  const select = textIn(rules, "selectPolicy");
  const policies = objectsIn(rules, "policies");
  if (window < 0)
    yield invalidCause(`${at}.stabilizationWindowSeconds`, window, "must be greater than or equal to zero");
  if (window > longestWindow)
    yield invalidCause(`${at}.stabilizationWindowSeconds`, window, `must be less than or equal to ${longestWindow}`);
  const selections = ["Disabled", "Max", "Min"];
  if (!selections.includes(select)) yield notSupportedCause(`${at}.selectPolicy`, select, selections);
  if (policies.length === 0) yield requiredCause(`${at}.policies`, "must specify at least one Policy");
  for (const [index, policy] of policies.entries()) yield* wrongPolicy(policy, `${at}.policies[${index}]`);
  const tolerance = textIn(rules, "tolerance");
  if (tolerance !== "" && Quantity.parse(tolerance).compare(0) < 0)
    yield invalidCause(`${at}.tolerance`, tolerance, "must be greater than or equal to 0");
}

function* wrongPolicy(policy: Fields, at: string): Causes {
  const type = textIn(policy, "type");
  const value = numberIn(policy, "value") ?? 0;
  const period = numberIn(policy, "periodSeconds") ?? 0;
  if (type !== "Pods" && type !== "Percent") yield notSupportedCause(`${at}.type`, type, ["Percent", "Pods"]);
  if (value <= 0) yield invalidCause(`${at}.value`, value, "must be greater than zero");
  if (period <= 0) yield invalidCause(`${at}.periodSeconds`, period, "must be greater than zero");
  if (period > longestPeriod)
    yield invalidCause(`${at}.periodSeconds`, period, `must be less than or equal to ${longestPeriod}`);
}
