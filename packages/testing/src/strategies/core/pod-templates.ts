import { objectIn } from "../../validation/fields.ts";
import { podTemplateWarnings, wrongPodTemplate } from "../../validation/pod/pod-template.ts";
import type { Strategy } from "../strategy.ts";
import { dropUnsupported } from "./pod-preparation.ts";

// k8s.io/kubernetes pkg/registry/core/podtemplate

/** Templates of pods by themselves. */
export const podTemplates: Strategy = {
  prepareForCreate: (draft) => dropUnsupported(objectIn(objectIn(draft, "template"), "spec")),
  prepareForUpdate: (draft) => dropUnsupported(objectIn(objectIn(draft, "template"), "spec")),
  validate: (draft) => wrongPodTemplate(objectIn(draft, "template"), "template"),
  validateUpdate: (draft) => wrongPodTemplate(objectIn(draft, "template"), "template"),
  warnings: (draft) => podTemplateWarnings(objectIn(draft, "template"), "template"),
  updateWarnings: (draft, old) =>
    draft.metadata.generation === old.metadata.generation
      ? []
      : podTemplateWarnings(objectIn(draft, "template"), "template"),
};
