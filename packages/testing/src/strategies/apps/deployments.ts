import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongChange, wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { intOrPercentValue, wrongIntOrPercent, wrongOver100 } from "../../validation/int-or-percent.ts";
import { type StatusCounts, wrongCollisions, wrongCounts } from "../../validation/replica-counts.ts";
import type { Strategy } from "../strategy.ts";
import {
  changedTemplateWarnings,
  nameWarnings,
  templateWarnings,
  wrongRequiredSelector,
  wrongSelectedTemplate,
} from "./pods-of.ts";
import { shownStrategy } from "./shown-strategy.ts";

// k8s.io/kubernetes pkg/registry/apps/deployment, pkg/apis/apps/validation/validation.go

/** Deployments. */
export const deployments: Strategy = {
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  validateUpdate(draft, old) {
    const spec = objectIn(draft, "spec");
    return [...wrongSpec(spec), ...wrongChange("spec.selector", spec["selector"], objectIn(old, "spec")["selector"])];
  },
  warnings: (draft) => [...nameWarnings(draft), ...templateWarnings(draft)],
  updateWarnings: changedTemplateWarnings,
};

/** Their status. */
export const deploymentStatus: Strategy = {
  validateUpdate: (draft, old) => [
    ...wrongCounts(objectIn(draft, "status"), statusCounts),
    ...wrongCollisions(objectIn(draft, "status"), objectIn(old, "status")),
  ],
};

const statusCounts: StatusCounts = {
  counts: [
    "observedGeneration",
    "replicas",
    "updatedReplicas",
    "readyReplicas",
    "availableReplicas",
    "unavailableReplicas",
    "terminatingReplicas",
    "collisionCount",
  ],
  ofReplicas: ["updatedReplicas", "readyReplicas", "availableReplicas"],
};

function* wrongSpec(spec: Fields): Causes {
  const minReadySeconds = numberIn(spec, "minReadySeconds") ?? 0;
  const deadline = numberIn(spec, "progressDeadlineSeconds");
  yield* wrongSign("spec.replicas", numberIn(spec, "replicas"));
  yield* wrongRequiredSelector(spec, "deployment");
  yield* wrongSelectedTemplate(spec, "ReplicaSet");
  yield* wrongStrategy(objectIn(spec, "strategy"));
  yield* wrongSign("spec.minReadySeconds", minReadySeconds);
  yield* wrongSign("spec.revisionHistoryLimit", numberIn(spec, "revisionHistoryLimit"));
  yield* wrongSign("spec.progressDeadlineSeconds", deadline);
  if (deadline !== undefined && deadline <= minReadySeconds)
    yield invalidCause("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
}

function* wrongStrategy(strategy: Fields): Causes {
  const rollingUpdate = presentIn(strategy, "rollingUpdate");
  const at = "spec.strategy.rollingUpdate";
  switch (textIn(strategy, "type")) {
    case "Recreate":
      if (rollingUpdate !== undefined)
        yield forbiddenCause(at, "may not be specified when strategy `type` is 'Recreate'");
      break;
    case "RollingUpdate":
      if (rollingUpdate === undefined) yield requiredCause(at, "this should be defaulted and never be nil");
      else yield* wrongRollingUpdate(rollingUpdate, at);
      break;
    default:
      yield notSupportedCause("spec.strategy", shownStrategy(strategy), ["Recreate", "RollingUpdate"]);
  }
}

function* wrongRollingUpdate({ maxUnavailable, maxSurge }: Fields, at: string): Causes {
  yield* wrongIntOrPercent(`${at}.maxUnavailable`, maxUnavailable);
  yield* wrongIntOrPercent(`${at}.maxSurge`, maxSurge);
  if (intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0)
    yield invalidCause(`${at}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0");
  yield* wrongOver100(`${at}.maxUnavailable`, maxUnavailable);
}
