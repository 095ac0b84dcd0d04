import { type Causes, duplicateCause, invalidCause, notSupportedCause, requiredCause, tooLongCause } from "./causes.ts";
import { wrongForm } from "./checks.ts";
import { type Fields, numberIn, objectsIn, textIn } from "./fields.ts";
import { wrongQualifiedName } from "./forms.ts";

// ValidateConditions of k8s.io/apimachinery pkg/apis/meta/v1/validation/validation.go

const longestReason = 1024;
const longestMessage = 32 * 1024;

/** The `conditions` of a status that are meta/v1's. */
export function* wrongConditions(status: Fields, at: string): Causes {
  const conditions = objectsIn(status, "conditions");
  for (const [index, condition] of conditions.entries()) {
    const { type } = condition;
    if (conditions.findIndex((one) => one["type"] === type) < index) yield duplicateCause(`${at}[${index}].type`, type);
    yield* wrongCondition(condition, `${at}[${index}]`);
  }
}

function* wrongCondition(condition: Fields, at: string): Causes {
  yield* wrongForm(`${at}.type`, textIn(condition, "type"), wrongQualifiedName);
  const values = ["False", "True", "Unknown"];
  if (!values.includes(textIn(condition, "status")))
    yield notSupportedCause(`${at}.status`, textIn(condition, "status"), values);
  const generation = numberIn(condition, "observedGeneration") ?? 0;
  if (generation < 0)
    yield invalidCause(`${at}.observedGeneration`, generation, "must be greater than or equal to zero");
  if (textIn(condition, "lastTransitionTime") === "") yield requiredCause(`${at}.lastTransitionTime`);
  const reason = textIn(condition, "reason");
  if (reason === "") yield requiredCause(`${at}.reason`);
  else yield* wrongForm(`${at}.reason`, reason, wrongReason);
  if (reason.length > longestReason) yield tooLongCause(`${at}.reason`, longestReason);
  if (textIn(condition, "message").length > longestMessage) yield tooLongCause(`${at}.message`, longestMessage);
}

function wrongReason(value: string): readonly string[] {
  if (/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/.test(value)) return [];
  return [
    "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')",
  ];
}
