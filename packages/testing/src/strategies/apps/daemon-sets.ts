import { badRequest } from "../../exchange/refusal.ts";
import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, invalidCause, notSupportedCause, requiredCause } from "../../validation/causes.ts";
import { wrongChange, wrongLabelSelectorIn, wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { intOrPercentValue, wrongIntOrPercent, wrongOver100 } from "../../validation/int-or-percent.ts";
import { selectorOf } from "../../validation/label-selector.ts";
import { type StatusCounts, wrongCollisions, wrongCounts } from "../../validation/replica-counts.ts";
import type { Strategy } from "../strategy.ts";
import {
  changedTemplateWarnings,
  templateWarnings,
  wrongEmptySelector,
  wrongTemplate,
  wrongTemplateLabels,
} from "./pods-of.ts";
import { shownStrategy } from "./shown-strategy.ts";

// k8s.io/kubernetes pkg/registry/apps/daemonset, pkg/apis/apps/validation/validation.go, pkg/apis/apps/v1/conversion.go

/** DaemonSets. */
export const daemonSets: Strategy = {
  admitCreate: (draft) => void templateGeneration(draft),
  admitUpdate: (draft) => void templateGeneration(draft),
  prepareForCreate: (draft) => setTemplateGeneration(draft, Math.max(1, templateGeneration(draft))),
  prepareForUpdate(draft, old) {
    const changed = !equalValues(objectIn(draft, "spec")["template"], objectIn(old, "spec")["template"]);
    setTemplateGeneration(draft, templateGeneration(old) + (changed ? 1 : 0));
  },
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  validateUpdate(draft, old) {
    const spec = objectIn(draft, "spec");
    return [...wrongChange("spec.selector", spec["selector"], objectIn(old, "spec")["selector"]), ...wrongSpec(spec)];
  },
  warnings: templateWarnings,
  updateWarnings: changedTemplateWarnings,
};

/** Their status. */
export const daemonSetStatus: Strategy = {
  validateUpdate: (draft, old) => [
    ...wrongCounts(objectIn(draft, "status"), statusCounts),
    ...wrongCollisions(objectIn(draft, "status"), objectIn(old, "status")),
  ],
};

const statusCounts: StatusCounts = {
  counts: [
    "currentNumberScheduled",
    "numberMisscheduled",
    "desiredNumberScheduled",
    "numberReady",
    "observedGeneration",
    "updatedNumberScheduled",
    "numberAvailable",
    "numberUnavailable",
    "collisionCount",
  ],
  ofReplicas: [],
};

const generationAnnotation = "deprecated.daemonset.template.generation";

/** How often the template was changed, which once was a field of the spec. @throws Refusal when it is no number */
function templateGeneration({ metadata: { annotations = {} } }: Draft | ApiObject): number {
  const text = annotations[generationAnnotation] ?? "0";
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  const why = `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw badRequest(`DaemonSet in version "v1" cannot be handled as a DaemonSet: ${why}`);
}

function setTemplateGeneration({ metadata }: Draft, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [generationAnnotation]: String(generation) };
}

function* wrongSpec(spec: Fields): Causes {
  const selector = presentIn(spec, "selector");
  yield* wrongLabelSelectorIn(spec, "selector", "spec.selector");
  const readable = selectorOf(selector);
  if (readable !== undefined) yield* wrongTemplateLabels(spec, readable);
  if (selector !== undefined) yield* wrongEmptySelector(selector, "daemonset");
  yield* wrongTemplate(spec, "DaemonSet");
  yield* wrongSign("spec.minReadySeconds", numberIn(spec, "minReadySeconds"));
  yield* wrongUpdateStrategy(objectIn(spec, "updateStrategy"));
  yield* wrongSign("spec.revisionHistoryLimit", numberIn(spec, "revisionHistoryLimit"));
}

function* wrongUpdateStrategy(strategy: Fields): Causes {
  const at = "spec.updateStrategy";
  const rollingUpdate = presentIn(strategy, "rollingUpdate");
  switch (textIn(strategy, "type")) {
    case "OnDelete":
      break;
    case "RollingUpdate":
      if (rollingUpdate === undefined) yield requiredCause(`${at}.rollingUpdate`);
      else yield* wrongRollingUpdate(rollingUpdate, `${at}.rollingUpdate`);
      break;
    default:
      yield notSupportedCause(at, shownStrategy(strategy), ["RollingUpdate", "OnDelete"]);
  }
}

function* wrongRollingUpdate({ maxUnavailable, maxSurge }: Fields, at: string): Causes {
  yield* wrongIntOrPercent(`${at}.maxUnavailable`, maxUnavailable);
  yield* wrongIntOrPercent(`${at}.maxSurge`, maxSurge);
  yield* wrongOver100(`${at}.maxUnavailable`, maxUnavailable);
  yield* wrongOver100(`${at}.maxSurge`, maxSurge);
  const hasUnavailable = intOrPercentValue(maxUnavailable) !== 0;
  const hasSurge = intOrPercentValue(maxSurge) !== 0;
  if (hasUnavailable && hasSurge)
    yield invalidCause(`${at}.maxSurge`, maxSurge, "may not be set when maxUnavailable is non-zero");
  if (!hasUnavailable && !hasSurge) yield requiredCause(`${at}.maxUnavailable`, "cannot be 0 when maxSurge is 0");
}
