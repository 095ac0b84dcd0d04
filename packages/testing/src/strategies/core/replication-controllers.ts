import { type Causes, requiredCause } from "../../validation/causes.ts";
import { wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn } from "../../validation/fields.ts";
import { selectorOfLabels } from "../../validation/label-selector.ts";
import { type StatusCounts, wrongCounts } from "../../validation/replica-counts.ts";
import {
  changedTemplateWarnings,
  nameWarnings,
  templateWarnings,
  wrongTemplate,
  wrongTemplateLabels,
} from "../apps/pods-of.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/core/replicationcontroller, pkg/apis/core/validation/validation.go

/** ReplicationControllers. */
export const replicationControllers: Strategy = {
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  validateUpdate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  warnings: (draft) => [...nameWarnings(draft), ...templateWarnings(draft)],
  updateWarnings: changedTemplateWarnings,
};

/** Their status. */
export const replicationControllerStatus: Strategy = {
  validateUpdate: (draft) => [...wrongCounts(objectIn(draft, "status"), statusCounts)],
};

const statusCounts: StatusCounts = {
  counts: ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration"],
  ofReplicas: ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"],
};

function* wrongSpec(spec: Fields): Causes {
  const selector = selectorOfLabels(objectIn(spec, "selector"));
  yield* wrongSign("spec.minReadySeconds", numberIn(spec, "minReadySeconds"));
  if (selector.empty) yield requiredCause("spec.selector");
  const replicas = numberIn(spec, "replicas");
  if (replicas === undefined) yield requiredCause("spec.replicas");
  yield* wrongSign("spec.replicas", replicas);
  if (presentIn(spec, "template") === undefined) {
    yield requiredCause("spec.template");
    return;
  }
  yield* wrongTemplateLabels(spec, selector);
  yield* wrongTemplate(spec, "ReplicationController");
}
