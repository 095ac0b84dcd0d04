import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongLabelSelectorIn } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongDnsLabel } from "../../validation/forms.ts";
import { type Selector, selectorOf, templateLabels } from "../../validation/label-selector.ts";
import { podTemplateWarnings, wrongPodTemplate } from "../../validation/pod/pod-template.ts";
import type { Draft } from "../../objects/draft.ts";
import type { ApiObject } from "../../store/api-object.ts";

// What kinds that make pods by a template have in common: k8s.io/kubernetes pkg/apis/apps/validation/validation.go.

/** A selector that has to be there and to select something. `kind` as its error names it. */
export function* wrongRequiredSelector(spec: Fields, kind: string): Causes {
  const selector = presentIn(spec, "selector");
  if (selector === undefined) {
    yield requiredCause("spec.selector");
    return;
  }
  yield* wrongLabelSelectorIn(spec, "selector", "spec.selector");
  yield* wrongEmptySelector(selector, kind);
}

/** A selector that is there has to select something. */
export function* wrongEmptySelector(selector: Fields, kind: string): Causes {
  if (selectorOf(selector)?.empty === true)
    yield invalidCause("spec.selector", selector, `empty selector is invalid for ${kind}`);
}

/** ValidatePodTemplateSpecForReplicaSet: the template, which the selector has to match. */
export function* wrongSelectedTemplate(spec: Fields, kind: string): Causes {
  const selector = selectorOf(presentIn(spec, "selector"));
  if (selector === undefined) {
    yield invalidCause("spec.selector", spec["selector"], "invalid label selector");
    return;
  }
  yield* wrongTemplateLabels(spec, selector);
  yield* wrongTemplate(spec, kind);
}

/** The template of pods that live on. */
export function* wrongTemplate(spec: Fields, kind: string): Causes {
  yield* wrongPodTemplate(objectIn(spec, "template"), "spec.template");
  yield* wrongLifetime(spec, kind);
}

/** Pods of such a kind are always started again, and have no end. */
export function* wrongLifetime(spec: Fields, kind: string): Causes {
  const pod = objectIn(objectIn(spec, "template"), "spec");
  const restartPolicy = textIn(pod, "restartPolicy");
  if (restartPolicy !== "Always")
    yield notSupportedCause("spec.template.spec.restartPolicy", restartPolicy, ["Always"]);
  if (numberIn(pod, "activeDeadlineSeconds") !== undefined) {
    const why = `activeDeadlineSeconds in ${kind} is not Supported`;
    yield forbiddenCause("spec.template.spec.activeDeadlineSeconds", why);
  }
}

/** The labels that a template's pods will have, which the selector has to match unless it is empty. */
export function* wrongTemplateLabels(spec: Fields, selector: Selector): Causes {
  if (selector.empty || selector.matches(templateLabels(spec))) return;
  const labels = objectIn(objectIn(spec, "template"), "metadata")["labels"];
  yield invalidCause("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
}

/** Of a name from which those of pods are made. */
export function nameWarnings({ metadata: { name = "" } }: Draft): readonly string[] {
  const problems = wrongDnsLabel(name);
  if (problems.length === 0) return [];
  return [
    `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(" ")}]`,
  ];
}

/** Of the template of a new object. */
export function templateWarnings({ spec }: Draft): readonly string[] {
  return podTemplateWarnings(objectIn(spec as Fields, "template"), "spec.template");
}

/** Of the template of a changed one: nothing when no change of the spec was made. */
export function changedTemplateWarnings(draft: Draft, { metadata: { generation } }: ApiObject): readonly string[] {
  return draft.metadata.generation === generation ? [] : templateWarnings(draft);
}
