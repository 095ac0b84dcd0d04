import { type Causes, forbiddenCause, invalidCause, requiredCause } from "../causes.ts";
import { wrongForm, wrongLabelSelectorIn } from "../checks.ts";
import { entriesIn, type Fields, objectIn, objectsIn, presentIn, textIn, textsIn } from "../fields.ts";
import { wrongDnsLabel, wrongQualifiedName } from "../forms.ts";
import { wrongNodeSelector, wrongNodeSelectorTerm } from "./node-selector.ts";

const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";

/** On which nodes and beside which pods a pod runs (validateAffinity). */
export function* wrongAffinity(affinity: Fields, at: string): Causes {
  yield* wrongNodeAffinity(objectIn(affinity, "nodeAffinity"), `${at}.nodeAffinity`);
  for (const field of ["podAffinity", "podAntiAffinity"])
    yield* wrongPodAffinity(objectIn(affinity, field), `${at}.${field}`);
}

function* wrongNodeAffinity(affinity: Fields, at: string): Causes {
  const selector = presentIn(affinity, required);
  if (selector !== undefined) yield* wrongNodeSelector(selector, `${at}.${required}`);
  for (const [index, term] of objectsIn(affinity, preferred).entries()) {
    const place = `${at}.${preferred}[${index}]`;
    yield* wrongWeight(term["weight"], place);
    // Here, values that no label has are let through.
    yield* wrongNodeSelectorTerm(objectIn(term, "preference"), `${place}.preference`, false);
  }
}

function* wrongPodAffinity(affinity: Fields, at: string): Causes {
  for (const [index, term] of objectsIn(affinity, required).entries())
    yield* wrongPodTerm(term, `${at}.${required}[${index}]`);
  for (const [index, term] of objectsIn(affinity, preferred).entries()) {
    const place = `${at}.${preferred}[${index}]`;
    yield* wrongWeight(term["weight"], place);
    yield* wrongPodTerm(objectIn(term, "podAffinityTerm"), `${place}.podAffinityTerm`);
  }
}

function* wrongWeight(weight: unknown, at: string): Causes {
  const value = Number(weight ?? 0);
  if (value <= 0 || value > 100) yield invalidCause(`${at}.weight`, value, "must be in the range 1-100");
}

function* wrongPodTerm(term: Fields, at: string): Causes {
  yield* wrongLabelSelectorIn(term, "labelSelector", `${at}.labelSelector`);
  yield* wrongLabelSelectorIn(term, "namespaceSelector", `${at}.namespaceSelector`);
  for (const name of textsIn(term, "namespaces")) yield* wrongForm(`${at}.namespace`, name, wrongDnsLabel);
  yield* wrongLabelKeys(term, at);
  const topology = textIn(term, "topologyKey");
  if (topology === "") yield requiredCause(`${at}.topologyKey`, "can not be empty");
  yield* wrongForm(`${at}.topologyKey`, topology, wrongQualifiedName);
}

/** Labels whose values the server takes from the pod itself (ValidateMatchLabelKeysAndMismatchLabelKeys). */
export function* wrongLabelKeys(term: Fields, at: string): Causes {
  const selector = presentIn(term, "labelSelector");
  for (const field of ["matchLabelKeys", "mismatchLabelKeys"]) {
    const keys = textsIn(term, field);
    if (keys.length > 0 && selector === undefined)
      yield forbiddenCause(`${at}.${field}`, "must not be specified when labelSelector is not set");
    else
      for (const [index, key] of keys.entries()) yield* wrongForm(`${at}.${field}[${index}]`, key, wrongQualifiedName);
  }
  const matched = textsIn(term, "matchLabelKeys");
  const seen = new Set(entriesIn(selector, "matchLabels").map(([key]) => key));
  for (const requirement of objectsIn(selector, "matchExpressions")) {
    const key = textIn(requirement, "key");
    const index = matched.lastIndexOf(key);
    // What the server added for the key itself comes last.
    if (index >= 0 && seen.has(key))
      yield invalidCause(`${at}[${index}]`, key, "exists in both matchLabelKeys and labelSelector");
    seen.add(key);
  }
  const mismatched = textsIn(term, "mismatchLabelKeys");
  for (const [index, key] of matched.entries()) {
    if (mismatched.includes(key))
      yield invalidCause(`${at}.matchLabelKeys[${index}]`, key, "exists in both matchLabelKeys and mismatchLabelKeys");
  }
}
