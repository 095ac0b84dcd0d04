import { equalValues } from "../../objects/equal-values.ts";
import {
  type Causes,
  duplicateCause,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
  tooLongCause,
} from "../../validation/causes.ts";
import { wrongChange, wrongForm } from "../../validation/checks.ts";
import { entriesIn, type Fields, objectsIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongQualifiedName } from "../../validation/forms.ts";
import { protect } from "../protect.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/storage/validation

const reclaimPolicies: readonly string[] = ["Delete", "Retain"];
const bindingModes: readonly string[] = ["Immediate", "WaitForFirstConsumer"];
const mostParameters = 512;
const parametersSize = 256 * 1024;

/** A StorageClass. */
export const storageClasses: Strategy = {
  validate: wrongClass,
  *validateUpdate(draft, old) {
    yield* wrongClass(draft);
    for (const field of ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"])
      yield* wrongChange(field, draft[field], old[field]);
  },
};

/** A VolumeAttributesClass. */
export const volumeAttributesClasses: Strategy = {
  admitCreate: (draft) => protect(draft, "kubernetes.io/vac-protection"),
  validate: wrongAttributes,
  *validateUpdate(draft, old) {
    for (const field of ["driverName", "parameters"])
      if (!equalValues(draft[field], old[field])) yield forbiddenCause(field, `updates to ${field} are forbidden.`);
    yield* wrongAttributes(draft);
  },
};

function* wrongClass(given: Fields): Causes {
  yield* wrongProvisioner(textIn(given, "provisioner"), "provisioner");
  yield* wrongParameters(given);
  const policy = textIn(given, "reclaimPolicy");
  if (policy !== "" && !reclaimPolicies.includes(policy))
    yield notSupportedCause("reclaimPolicy", policy, reclaimPolicies);
  const mode = given["volumeBindingMode"];
  if (mode === undefined) yield requiredCause("volumeBindingMode");
  else if (!bindingModes.includes(textIn(given, "volumeBindingMode")))
    yield notSupportedCause("volumeBindingMode", mode, bindingModes);
  yield* wrongTopologies(objectsIn(given, "allowedTopologies"));
}

function* wrongAttributes(given: Fields): Causes {
  yield* wrongProvisioner(textIn(given, "driverName"), "driverName");
  yield* wrongParameters(given);
  if (entriesIn(given, "parameters").length === 0)
    yield requiredCause("parameters", "must contain at least one key/value pair");
}

function* wrongProvisioner(name: string, at: string): Causes {
  if (name === "") yield requiredCause(at);
  // What is shown is what is looked at.
  else yield* wrongForm(at, name.toLowerCase(), wrongQualifiedName);
}

function* wrongParameters(given: Fields): Causes {
  const parameters = entriesIn(given, "parameters");
  if (parameters.length > mostParameters) {
    yield tooLongCause("parameters", mostParameters);
    return;
  }
  let size = 0;
  for (const [key, value] of parameters) {
    if (key === "") yield invalidCause("parameters", key, "field can not be empty.");
    size += new TextEncoder().encode(key + value).length;
  }
  if (size > parametersSize) yield tooLongCause("parameters", parametersSize);
}

function* wrongTopologies(terms: readonly Fields[]): Causes {
  const seen: unknown[] = [];
  for (const [index, term] of terms.entries()) {
    const at = `allowedTopologies[${index}].matchLabelExpressions`;
    const values = new Map<string, readonly string[]>();
    for (const [which, requirement] of objectsIn(term, "matchLabelExpressions").entries()) {
      const key = textIn(requirement, "key");
      yield* wrongRequirement(requirement, `${at}[${which}]`);
      if (values.has(key)) yield duplicateCause(`${at}[${which}].key`, key);
      values.set(key, [...new Set(textsIn(requirement, "values"))].toSorted());
    }
    const shape = Object.fromEntries(values);
    if (seen.some((one) => equalValues(one, shape))) yield duplicateCause(at, "");
    seen.push(shape);
  }
}

function* wrongRequirement(requirement: Fields, at: string): Causes {
  const values = textsIn(requirement, "values");
  if (values.length === 0) yield requiredCause(`${at}.values`);
  for (const [index, value] of values.entries())
    if (values.indexOf(value) < index) yield duplicateCause(`${at}.values[${index}]`, value);
  yield* wrongForm(`${at}.key`, textIn(requirement, "key"), wrongQualifiedName);
}
