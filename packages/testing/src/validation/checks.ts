import { equalValues } from "../objects/equal-values.ts";
import { type Causes, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from "./causes.ts";
import { entriesIn, type Fields, objectsIn, presentIn, textIn, textsIn } from "./fields.ts";
import { wrongLabelValue, wrongQualifiedName } from "./forms.ts";

// Checks of one field that the rules of many kinds are made of; `at` is the path of the field.

/** A cause for each thing that a form has to say of a text. */
export function* wrongForm(at: string, value: string, form: (value: string) => readonly string[]): Causes {
  for (const why of form(value)) yield invalidCause(at, value, why);
}

/** Likewise of a number. */
export function* wrongNumberForm(at: string, value: number, form: (value: number) => readonly string[]): Causes {
  for (const why of form(value)) yield invalidCause(at, value, why);
}

/** A text of a form that has to be there. */
export function* wrongRequiredForm(at: string, value: string, form: (value: string) => readonly string[]): Causes {
  if (value === "") yield requiredCause(at);
  else yield* wrongForm(at, value, form);
}

/** A text of which only some are understood; "" is missing. */
export function* wrongChoice(at: string, value: string, supported: readonly string[], whyRequired = ""): Causes {
  if (value === "") yield requiredCause(at, whyRequired);
  else if (!supported.includes(value)) yield notSupportedCause(at, value, supported);
}

/** ValidateNonnegativeField; a number that is missing is fine. */
export function* wrongSign(at: string, value: number | undefined): Causes {
  if (value !== undefined && value < 0) yield invalidCause(at, value, "must be greater than or equal to 0");
}

/** ValidatePositiveField */
export function* wrongPositive(at: string, value: number): Causes {
  if (value <= 0) yield invalidCause(at, value, "must be greater than zero");
}

/** ValidateImmutableField: a value that nobody may change. */
export function* wrongChange(at: string, value: unknown, old: unknown): Causes {
  if (!equalValues(value ?? null, old ?? null)) yield invalidCause(at, value, "field is immutable");
}

/** ValidateLabels of k8s.io/apimachinery pkg/apis/meta/v1/validation: labels by the field that holds them. */
export function* wrongLabelsIn(object: Fields, field: string, at: string): Causes {
  for (const [key, value] of entriesIn(object, field)) {
    yield* wrongForm(at, key, wrongQualifiedName);
    yield* wrongForm(at, value, wrongLabelValue);
  }
}

/** ValidateLabelSelector: a LabelSelector, which may be missing. */
export function* wrongLabelSelectorIn(object: Fields, field: string, at: string): Causes {
  const selector = presentIn(object, field);
  if (selector !== undefined) yield* wrongLabelSelector(selector, at);
}

/** Likewise, of one that is there. */
export function* wrongLabelSelector(selector: Fields, at: string): Causes {
  yield* wrongLabelsIn(selector, "matchLabels", `${at}.matchLabels`);
  for (const [index, requirement] of objectsIn(selector, "matchExpressions").entries())
    yield* wrongRequirement(requirement, `${at}.matchExpressions[${index}]`);
}

function* wrongRequirement(requirement: Fields, at: string): Causes {
  const values = textsIn(requirement, "values");
  yield* wrongValueCount(textIn(requirement, "operator"), values, at);
  yield* wrongForm(`${at}.key`, textIn(requirement, "key"), wrongQualifiedName);
  for (const [index, value] of values.entries()) yield* wrongForm(`${at}.values[${index}]`, value, wrongLabelValue);
}

/** How many values an operator takes, and which operators there are. */
export function* wrongValueCount(operator: string, values: readonly string[], at: string): Causes {
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0)
        yield requiredCause(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'");
      break;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) {
        yield forbiddenCause(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      }
      break;
    default:
      yield invalidCause(`${at}.operator`, operator, "not a valid selector operator");
  }
}
