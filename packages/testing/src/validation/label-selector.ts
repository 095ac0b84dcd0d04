import { InputError, labelRequirements, labelSelectorText, meetsRequirements } from "@kubewright/core";
import type { LabelSelector } from "@kubewright/core/meta";
import { type Fields, objectIn } from "./fields.ts";

/** A LabelSelector of an object, ready for use (LabelSelectorAsSelector of k8s.io/apimachinery pkg/apis/meta/v1/helpers.go). */
export interface Selector {
  /** It selects everything. */
  readonly empty: boolean;
  matches(labels: Fields): boolean;
  /** As a query has it. */
  readonly text: string;
}

/** A selector that is missing selects nothing. Undefined for one that makes no sense. */
export function selectorOf(selector: Fields | undefined): Selector | undefined {
  if (selector === undefined) return { empty: false, matches: () => false, text: "" };
  // Always with matchLabels, so that it cannot be taken for a map of labels.
  const whole: LabelSelector = { matchLabels: {}, ...selector };
  try {
    const requirements = labelRequirements(whole);
    return {
      empty: requirements.length === 0,
      matches: (labels) => meetsRequirements(requirements, labels as Readonly<Record<string, string>>),
      text: labelSelectorText(whole),
    };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** One that wants labels as they stand in an older kind of selector, such as a ReplicationController's. */
export function selectorOfLabels(labels: Fields): Selector {
  return selectorOf({ matchLabels: labels }) ?? { empty: false, matches: () => false, text: "" };
}

/** The labels of the pods that a template makes. */
export function templateLabels(spec: Fields): Fields {
  return objectIn(objectIn(objectIn(spec, "template"), "metadata"), "labels");
}
