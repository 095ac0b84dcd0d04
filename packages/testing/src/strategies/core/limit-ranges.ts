import { Quantity } from "@kubewright/core";
import { randomUuid } from "../../objects/system-metadata.ts";
import { type Causes, duplicateCause, forbiddenCause, invalidCause, requiredCause } from "../../validation/causes.ts";
import { wrongForm } from "../../validation/checks.ts";
import { type Fields, objectIn, objectsIn, textIn } from "../../validation/fields.ts";
import { wrongQualifiedName } from "../../validation/forms.ts";
import { wrongContainerResource } from "../../validation/pod/resources.ts";
import { isOvercommitable, wrongResourceName } from "../../validation/resource-names.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/core/validation, ValidateLimitRange

type Amounts = Readonly<Record<string, string>>;

const types: readonly string[] = ["Container", "PersistentVolumeClaim", "Pod"];

/** A LimitRange. */
export const limitRanges: Strategy = {
  prepareForCreate({ metadata }, { state }) {
    if ((metadata.name ?? "") === "") metadata.name = randomUuid(state.clock);
  },
  validate: wrongLimitRange,
  validateUpdate: wrongLimitRange,
};

function* wrongLimitRange(range: Fields): Causes {
  const seen = new Set<string>();
  for (const [index, limit] of objectsIn(objectIn(range, "spec"), "limits").entries()) {
    const at = `spec.limits[${index}]`;
    const type = textIn(limit, "type");
    yield* wrongType(type, `${at}.type`);
    if (seen.has(type)) yield duplicateCause(`${at}.type`, type);
    seen.add(type);
    yield* wrongNames(limit, type, at);
    const names = new Set(fieldsOf(type).flatMap((field) => Object.keys(objectIn(limit, field))));
    for (const name of names) yield* wrongAmounts(limit, type, name, at);
  }
}

function* wrongType(type: string, at: string): Causes {
  const problems = wrongQualifiedName(type);
  yield* wrongForm(at, type, () => problems);
  if (problems.length === 0 && !type.includes("/") && !types.includes(type))
    yield invalidCause(at, type, "must be a standard limit type or fully qualified");
}

function fieldsOf(type: string): readonly string[] {
  return type === "Pod"
    ? ["max", "min", "maxLimitRequestRatio"]
    : ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];
}

function* wrongNames(limit: Fields, type: string, at: string): Causes {
  const nameRule = type === "Pod" || type === "Container" ? wrongContainerResource : wrongResourceName;
  for (const field of ["max", "min", "default", "defaultRequest"]) {
    const names = Object.keys(objectIn(limit, field));
    if (type === "Pod" && field.startsWith("default")) {
      if (names.length > 0) yield forbiddenCause(`${at}.${field}`, "may not be specified when `type` is 'Pod'");
    } else for (const name of names) yield* nameRule(name, `${at}.${field}[${name}]`);
  }
  const bounds = [objectIn(limit, "min"), objectIn(limit, "max")];
  if (type === "PersistentVolumeClaim" && bounds.every((one) => one["storage"] === undefined))
    yield requiredCause(
      `${at}.limits`,
      "either minimum or maximum storage value is required, but neither was provided",
    );
  for (const name of Object.keys(objectIn(limit, "maxLimitRequestRatio")))
    yield* nameRule(name, `${at}.maxLimitRequestRatio[${name}]`);
}

/** One amount must not be more than another: which, where it is told, which of both is shown, and how both are called. */
const orders = [
  ["min", "max", "min", "min", "min value", "max value"],
  ["min", "defaultRequest", "defaultRequest", "defaultRequest", "min value", "default request value"],
  ["defaultRequest", "max", "defaultRequest", "defaultRequest", "default request value", "max value"],
  ["defaultRequest", "default", "defaultRequest", "defaultRequest", "default request value", "default limit value"],
  ["min", "default", "default", "min", "min value", "default value"],
  ["default", "max", "default", "max", "default value", "max value"],
] as const;

function* wrongAmounts(limit: Fields, type: string, name: string, at: string): Causes {
  const known = fieldsOf(type);
  const amountIn = (field: string): string | undefined =>
    known.includes(field) ? (objectIn(limit, field) as Amounts)[name] : undefined;
  for (const [less, more, place, shown, one, other] of orders) {
    const [a, b] = [amountIn(less), amountIn(more)];
    if (a === undefined || b === undefined || Quantity.parse(a).compare(b) <= 0) continue;
    yield invalidCause(`${at}.${place}[${name}]`, amountIn(shown), `${one} ${a} is greater than ${other} ${b}`);
  }
  yield* wrongRatio(amountIn, name, at);
  const [most, least] = [amountIn("default"), amountIn("defaultRequest")];
  if (isOvercommitable(name) || most === undefined || least === undefined) return;
  if (Quantity.parse(most).compare(least) === 0) return;
  const why = `default value ${most} must equal to defaultRequest value ${least} in ${name}`;
  yield invalidCause(`${at}.defaultRequest[${name}]`, least, why);
}

function* wrongRatio(amountIn: (field: string) => string | undefined, name: string, at: string): Causes {
  const ratio = amountIn("maxLimitRequestRatio");
  if (ratio === undefined) return;
  const place = `${at}.maxLimitRequestRatio[${name}]`;
  if (Quantity.parse(ratio).compare(1) < 0) yield invalidCause(place, ratio, `ratio ${ratio} is less than 1`);
  const [min, max] = [amountIn("min"), amountIn("max")];
  if (min === undefined || max === undefined) return;
  const most = Number(Quantity.parse(max).toMilli()) / Number(Quantity.parse(min).toMilli());
  if (Number(Quantity.parse(ratio).toMilli()) / 1000 > most)
    yield invalidCause(place, ratio, `ratio ${ratio} is greater than max/min = ${most.toFixed(6)}`);
}
