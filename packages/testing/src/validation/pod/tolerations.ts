import { type Causes, invalidCause, notSupportedCause } from "../causes.ts";
import { wrongForm } from "../checks.ts";
import { type Fields, textIn } from "../fields.ts";
import { wrongLabelValue, wrongQualifiedName } from "../forms.ts";

const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** Which taints of nodes a pod bears (ValidateTolerations). */
export function* wrongTolerations(tolerations: readonly Fields[], at: string): Causes {
  for (const [index, toleration] of tolerations.entries()) yield* wrongToleration(toleration, `${at}[${index}]`);
}

function* wrongToleration(toleration: Fields, at: string): Causes {
  const key = textIn(toleration, "key");
  const operator = textIn(toleration, "operator");
  const effect = textIn(toleration, "effect");
  if (key !== "") yield* wrongForm(`${at}.key`, key, wrongQualifiedName);
  else if (operator !== "Exists") {
    const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    yield invalidCause(`${at}.operator`, operator, why);
  }
  if (typeof toleration["tolerationSeconds"] === "number" && effect !== "NoExecute")
    yield invalidCause(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
  yield* wrongOperator(operator, textIn(toleration, "value"), `${at}.operator`);
  if (effect !== "" && !effects.includes(effect)) yield notSupportedCause(`${at}.effect`, effect, effects);
}

function* wrongOperator(operator: string, value: string, at: string): Causes {
  switch (operator) {
    case "":
    case "Equal": {
      const problems = wrongLabelValue(value);
      if (problems.length > 0) yield invalidCause(at, value, problems.join(";"));
      break;
    }
    case "Exists":
      if (value !== "") yield invalidCause(at, value, "value must be empty when `operator` is 'Exists'");
      break;
    case "Lt":
    case "Gt":
      yield notSupportedCause(at, operator, ["Equal", "Exists", "Lt", "Gt"]);
      break;
    default:
      yield notSupportedCause(at, operator, ["Equal", "Exists"]);
  }
}
