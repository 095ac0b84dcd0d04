import { type Causes, invalidCause, notSupportedCause } from "../../validation/causes.ts";
import { wrongLabelSelectorIn, wrongSign } from "../../validation/checks.ts";
import { wrongConditions } from "../../validation/conditions.ts";
import { type Fields, numberIn, objectIn, textIn } from "../../validation/fields.ts";
import { wrongIntOrPercent, wrongOver100 } from "../../validation/int-or-percent.ts";
import { internalForm } from "../../validation/internal-form.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/policy/poddisruptionbudget, pkg/apis/policy/validation/validation.go

/** PodDisruptionBudgets. */
export const podDisruptionBudgets: Strategy = {
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  validateUpdate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
};

/** Their status. */
export const podDisruptionBudgetStatus: Strategy = {
  validateUpdate: (draft) => [...wrongStatus(objectIn(draft, "status"))],
};

function* wrongStatus(status: Fields): Causes {
  yield* wrongConditions(status, "status.conditions");
  for (const field of ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"])
    yield* wrongSign(`status.${field}`, numberIn(status, field));
}

function* wrongSpec(spec: Fields): Causes {
  if (spec["minAvailable"] !== undefined && spec["maxUnavailable"] !== undefined) {
    const shown = internalForm(spec, [
      { name: "MinAvailable" },
      { name: "Selector" },
      { name: "MaxUnavailable" },
      { name: "UnhealthyPodEvictionPolicy" },
    ]);
    yield invalidCause("spec", shown, "minAvailable and maxUnavailable cannot be both set");
  }
  for (const field of ["minAvailable", "maxUnavailable"]) {
    yield* wrongIntOrPercent(`spec.${field}`, spec[field]);
    yield* wrongOver100(`spec.${field}`, spec[field]);
  }
  yield* wrongLabelSelectorIn(spec, "selector", "spec.selector");
  const policy = spec["unhealthyPodEvictionPolicy"];
  const supported = ["AlwaysAllow", "IfHealthyBudget"];
  if (policy !== undefined && !supported.includes(textIn(spec, "unhealthyPodEvictionPolicy")))
    yield notSupportedCause("spec.unhealthyPodEvictionPolicy", policy, supported);
}
