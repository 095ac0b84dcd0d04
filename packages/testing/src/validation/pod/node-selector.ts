import { type Causes, invalidCause, requiredCause } from "../causes.ts";
import { wrongForm, wrongValueCount } from "../checks.ts";
import { type Fields, objectsIn, textIn, textsIn } from "../fields.ts";
import { wrongDnsSubdomain, wrongLabelValue, wrongQualifiedName } from "../forms.ts";

/** Which nodes are meant (ValidateNodeSelector). */
export function* wrongNodeSelector(selector: Fields, at: string): Causes {
  const terms = objectsIn(selector, "nodeSelectorTerms");
  if (terms.length === 0) yield requiredCause(`${at}.nodeSelectorTerms`, "must have at least one node selector term");
  for (const [index, term] of terms.entries())
    yield* wrongNodeSelectorTerm(term, `${at}.nodeSelectorTerms[${index}]`, true);
}

/** `withValues`: whether values have to be ones that labels can have. */
export function* wrongNodeSelectorTerm(term: Fields, at: string, withValues: boolean): Causes {
  for (const [index, requirement] of objectsIn(term, "matchExpressions").entries()) {
    const place = `${at}.matchExpressions[${index}]`;
    yield* wrongLabelRequirement(requirement, place);
    if (!withValues) continue;
    for (const [which, value] of textsIn(requirement, "values").entries())
      yield* wrongForm(`${place}.values[${which}]`, value, wrongLabelValue);
  }
  for (const [index, requirement] of objectsIn(term, "matchFields").entries())
    yield* wrongFieldRequirement(requirement, `${at}.matchFields[${index}]`);
}

function* wrongLabelRequirement(requirement: Fields, at: string): Causes {
  const operator = textIn(requirement, "operator");
  const values = textsIn(requirement, "values");
  if (operator !== "Gt" && operator !== "Lt") yield* wrongValueCount(operator, values, at);
  else if (values.length !== 1)
    yield requiredCause(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'");
  yield* wrongForm(`${at}.key`, textIn(requirement, "key"), wrongQualifiedName);
}

function* wrongFieldRequirement(requirement: Fields, at: string): Causes {
  const operator = textIn(requirement, "operator");
  const values = textsIn(requirement, "values");
  if (operator !== "In" && operator !== "NotIn")
    yield invalidCause(`${at}.operator`, operator, "not a valid selector operator");
  else if (values.length !== 1) {
    const why = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    yield requiredCause(`${at}.values`, why);
  }
  const key = textIn(requirement, "key");
  if (key !== "metadata.name") {
    yield invalidCause(`${at}.key`, key, "not a valid field selector key");
    return;
  }
  for (const [index, value] of values.entries()) yield* wrongForm(`${at}.values[${index}]`, value, wrongDnsSubdomain);
}
