import type { Causes } from "../../validation/causes.ts";
import { wrongChange, wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn } from "../../validation/fields.ts";
import { type StatusCounts, wrongCounts } from "../../validation/replica-counts.ts";
import type { Strategy } from "../strategy.ts";
import {
  changedTemplateWarnings,
  nameWarnings,
  templateWarnings,
  wrongRequiredSelector,
  wrongSelectedTemplate,
} from "./pods-of.ts";

// k8s.io/kubernetes pkg/registry/apps/replicaset, pkg/apis/apps/validation/validation.go

/** ReplicaSets. */
export const replicaSets: Strategy = {
  validate: (draft) => [...wrongSpec(objectIn(draft, "spec"))],
  validateUpdate(draft, old) {
    const spec = objectIn(draft, "spec");
    return [...wrongSpec(spec), ...wrongChange("spec.selector", spec["selector"], objectIn(old, "spec")["selector"])];
  },
  warnings: (draft) => [...nameWarnings(draft), ...templateWarnings(draft)],
  updateWarnings: changedTemplateWarnings,
};

/** Their status. */
export const replicaSetStatus: Strategy = {
  validateUpdate: (draft) => [...wrongCounts(objectIn(draft, "status"), statusCounts)],
};

const statusCounts: StatusCounts = {
  counts: [
    "replicas",
    "fullyLabeledReplicas",
    "readyReplicas",
    "availableReplicas",
    "observedGeneration",
    "terminatingReplicas",
  ],
  ofReplicas: ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"],
};

function* wrongSpec(spec: Fields): Causes {
  yield* wrongSign("spec.replicas", numberIn(spec, "replicas"));
  yield* wrongSign("spec.minReadySeconds", numberIn(spec, "minReadySeconds"));
  // The server says deployment of both.
  yield* wrongRequiredSelector(spec, "deployment");
  yield* wrongSelectedTemplate(spec, "ReplicaSet");
}
