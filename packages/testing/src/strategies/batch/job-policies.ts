import {
  type Causes,
  duplicateCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
  tooManyCause,
  unshownCause,
} from "../../validation/causes.ts";
import { wrongForm, wrongSign } from "../../validation/checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn } from "../../validation/fields.ts";
import { wrongQualifiedName } from "../../validation/forms.ts";
import { readIndexes } from "../../validation/indexes.ts";
import { type InternalField, internalForm } from "../../validation/internal-form.ts";

// k8s.io/kubernetes pkg/apis/batch/validation/validation.go, pkg/apis/batch/types.go

const mostRules = 20;
const mostExitCodes = 255;
const mostConditions = 20;

/** How errors show `podFailurePolicy`. */
export function shownFailurePolicy(policy: unknown): Fields | null {
  const onExitCodes: readonly InternalField[] = [
    { name: "ContainerName" },
    { name: "Operator", zero: "" },
    { name: "Values" },
  ];
  const rule: readonly InternalField[] = [
    { name: "Action", zero: "" },
    { name: "OnExitCodes", fields: onExitCodes },
    {
      name: "OnPodConditions",
      items: [
        { name: "Type", zero: "" },
        { name: "Status", zero: "" },
      ],
    },
  ];
  return internalForm(policy, [{ name: "Rules", items: rule }]);
}

/** How errors show `successPolicy`. */
export function shownSuccessPolicy(policy: unknown): Fields | null {
  return internalForm(policy, [{ name: "Rules", items: [{ name: "SucceededIndexes" }, { name: "SucceededCount" }] }]);
}

/** What is wrong with `podFailurePolicy`. */
export function* wrongFailurePolicy(spec: Fields, at: string): Causes {
  const rules = objectsIn(objectIn(spec, "podFailurePolicy"), "rules");
  if (rules.length > mostRules) yield tooManyCause(`${at}.rules`, rules.length, mostRules);
  for (const [index, rule] of rules.entries()) yield* wrongFailureRule(rule, spec, `${at}.rules[${index}]`);
}

const actions = ["Count", "FailIndex", "FailJob", "Ignore"];

function* wrongFailureRule(rule: Fields, spec: Fields, at: string): Causes {
  const action = textIn(rule, "action");
  const onExitCodes = presentIn(rule, "onExitCodes");
  const onPodConditions = objectsIn(rule, "onPodConditions");
  if (action === "FailIndex") {
    if (numberIn(spec, "backoffLimitPerIndex") === undefined)
      yield invalidCause(`${at}.action`, action, "requires the backoffLimitPerIndex to be set");
  } else yield* wrongNamed(`${at}.action`, action, actions);
  if (onExitCodes !== undefined) yield* wrongExitCodes(onExitCodes, spec, `${at}.onExitCodes`);
  if (onPodConditions.length > mostConditions)
    yield tooManyCause(`${at}.onPodConditions`, onPodConditions.length, mostConditions);
  for (const [index, condition] of onPodConditions.entries()) {
    const place = `${at}.onPodConditions[${index}]`;
    yield* wrongForm(`${place}.type`, textIn(condition, "type"), wrongQualifiedName);
    yield* wrongNamed(`${place}.status`, textIn(condition, "status"), ["False", "True", "Unknown"]);
  }
  if (onExitCodes !== undefined && onPodConditions.length > 0)
    yield unshownCause(at, "specifying both OnExitCodes and OnPodConditions is not supported");
  if (onExitCodes === undefined && onPodConditions.length === 0)
    yield unshownCause(at, "specifying one of OnExitCodes and OnPodConditions is required");
}

/** One of some values; when it is missing, they are named as Go prints a list. */
function* wrongNamed(at: string, value: string, supported: readonly string[]): Causes {
  const named = supported.map((one) => JSON.stringify(one)).join(" ");
  if (value === "") yield requiredCause(at, `valid values: [${named}]`);
  else if (!supported.includes(value)) yield notSupportedCause(at, value, supported);
}

function* wrongExitCodes(requirement: Fields, spec: Fields, at: string): Causes {
  const operator = textIn(requirement, "operator");
  const containerName = requirement["containerName"];
  const values = (requirement["values"] ?? []) as readonly number[];
  yield* wrongNamed(`${at}.operator`, operator, ["In", "NotIn"]);
  const pod = objectIn(objectIn(spec, "template"), "spec");
  const containers = [...objectsIn(pod, "containers"), ...objectsIn(pod, "initContainers")];
  if (typeof containerName === "string" && !containers.some((one) => textIn(one, "name") === containerName)) {
    const why = "must be one of the container or initContainer names in the pod template";
    yield invalidCause(`${at}.containerName`, containerName, why);
  }
  if (values.length === 0) yield invalidCause(`${at}.values`, values, "at least one value is required");
  else if (values.length > mostExitCodes) yield tooManyCause(`${at}.values`, values.length, mostExitCodes);
  for (const [index, value] of values.entries()) {
    if (operator === "In" && value === 0)
      yield invalidCause(`${at}.values[${index}]`, value, "must not be 0 for the In operator");
    if (values.indexOf(value) < index) yield duplicateCause(`${at}.values[${index}]`, value);
  }
  if (values.some((value, index) => index > 0 && values[index - 1]! > value))
    yield invalidCause(`${at}.values`, values, "must be ordered");
}

/** What is wrong with `successPolicy` of an indexed Job. */
export function* wrongSuccessPolicy(spec: Fields, at: string): Causes {
  const rules = objectsIn(objectIn(spec, "successPolicy"), "rules");
  if (rules.length === 0)
    yield requiredCause(`${at}.rules`, "at least one rules must be specified when the successPolicy is specified");
  if (rules.length > mostRules) yield tooManyCause(`${at}.rules`, rules.length, mostRules);
  const completions = numberIn(spec, "completions") ?? 0;
  for (const [index, rule] of rules.entries()) yield* wrongSuccessRule(rule, completions, `${at}.rules[${index}]`);
}

function* wrongSuccessRule(rule: Fields, completions: number, at: string): Causes {
  const count = numberIn(rule, "succeededCount");
  const text = rule["succeededIndexes"];
  if (count === undefined && typeof text !== "string")
    yield requiredCause(at, "at least one of succeededCount or succeededIndexes must be specified");
  const indexes = typeof text === "string" ? readIndexes(text, completions) : undefined;
  if (typeof indexes === "string")
    yield invalidCause(`${at}.succeededIndexes`, text, `error parsing succeededIndexes: ${indexes}`);
  if (count === undefined) return;
  yield* wrongSign(`${at}.succeededCount`, count);
  const most = (limit: number, of: string): string => `must be less than or equal to ${limit} (the number of ${of})`;
  if (count > completions)
    yield invalidCause(`${at}.succeededCount`, count, most(completions, "specified completions"));
  const named = typeof indexes === "string" ? 0 : indexes;
  if (named !== undefined && count > named) {
    const why = most(named, "indexes in the specified succeededIndexes field");
    yield invalidCause(`${at}.succeededCount`, count, why);
  }
}
