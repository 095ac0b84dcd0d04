import { type Causes, notSupportedCause, requiredCause, tooManyCause } from "../causes.ts";
import { type Fields, objectsIn, presentIn, textIn } from "../fields.ts";

/** When a single container starts again (validateContainerRestartPolicy). */
export function* wrongRestartRules(container: Fields, at: string): Causes {
  const policy = container["restartPolicy"];
  const rules = objectsIn(container, "restartPolicyRules");
  if (typeof policy !== "string") {
    if (rules.length === 0) return;
    yield requiredCause(`${at}.restartPolicy`, "must specify restartPolicy when restart rules are used");
  } else if (!policies.includes(policy)) yield notSupportedCause(`${at}.restartPolicy`, policy, policies);
  if (rules.length > 20) yield tooManyCause(`${at}.restartPolicyRules`, rules.length, 20);
  for (const [index, rule] of rules.entries()) yield* wrongRule(rule, `${at}.restartPolicyRules[${index}]`);
}

const policies = ["Always", "Never", "OnFailure"];
const actions = ["Restart", "RestartAllContainers"];
const operators = ["In", "NotIn"];

function* wrongRule(rule: Fields, at: string): Causes {
  const action = textIn(rule, "action");
  if (!actions.includes(action)) yield notSupportedCause(`${at}.action`, action, actions);
  const codes = presentIn(rule, "exitCodes");
  if (codes === undefined) {
    yield requiredCause(`${at}.exitCodes`, "must be specified");
    return;
  }
  const operator = textIn(codes, "operator");
  if (!operators.includes(operator)) yield notSupportedCause(`${at}.exitCodes.operator`, operator, operators);
  const { length } = (codes["values"] ?? []) as readonly number[];
  if (length > 255) yield tooManyCause(`${at}.exitCodes.values`, length, 255);
}
