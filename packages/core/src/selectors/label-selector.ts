import type { LabelSelector } from "../gen/meta-v1.ts";
import type { LabelSelectorInput } from "../types/options.ts";
import {
  labelRequirement,
  labelSelectorError,
  meetsRequirements,
  requirementsText,
  type LabelOperator,
  type LabelRequirement,
} from "./label-requirement.ts";
import { parseLabelSelector } from "./parse-label-selector.ts";
import { isPlainObject } from "../input/plain-object.ts";
import { quote } from "../input/quote.ts";

const operators: Readonly<Record<string, LabelOperator>> = {
  In: "in",
  NotIn: "notin",
  Exists: "exists",
  DoesNotExist: "!",
};

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function fromMap(map: Readonly<Record<string, unknown>>): LabelRequirement[] {
  return Object.entries(map).map(([key, value]) => {
    // A missing value is never skipped: the selector would then choose more than was meant.
    if (!isText(value))
      throw labelSelectorError(`the value of label ${quote(key)} must be text, not ${describe(value)}`);
    return labelRequirement(key, "=", [value]);
  });
}

function describe(value: unknown): string {
  return value === null
    ? "null"
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `${typeof value}`;
}

function fromExpression(expression: unknown, index: number): LabelRequirement {
  const where = `matchExpressions[${index}]`;
  if (!isPlainObject(expression)) throw labelSelectorError(`${where} must be an object with key, operator and values`);
  const { key, operator } = expression;
  const values = expression["values"] ?? [];
  if (!isText(key)) throw labelSelectorError(`${where}.key must be text, not ${describe(key)}`);
  const known = isText(operator) && Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (known === undefined) throw labelSelectorError(`${where}.operator must be In, NotIn, Exists or DoesNotExist`);
  if (!Array.isArray(values) || !values.every(isText))
    throw labelSelectorError(`${where}.values must be a list of texts`);
  return labelRequirement(key, known, values);
}

function fromSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelRequirement[] {
  if (!isPlainObject(matchLabels)) throw labelSelectorError("matchLabels must be a map of labels");
  if (!Array.isArray(matchExpressions)) throw labelSelectorError("matchExpressions must be a list");
  return [...fromMap(matchLabels), ...matchExpressions.map(fromExpression)];
}

// Both names are legal label keys too, so what they hold decides. `{ matchLabels: undefined }` counts as a map, and is refused
// there: it would choose everything.
function isLabelSelector(input: object): input is LabelSelector {
  const keys = Object.keys(input);
  return (
    keys.every((key) => key === "matchLabels" || key === "matchExpressions") &&
    Object.values(input).some((value) => typeof value === "object")
  );
}

/**
 * The requirements that a selector stands for: as text, as a map of labels that must be equal, or as the API's `LabelSelector`.
 * @throws InputError if the API server would refuse it (k8s.io/apimachinery pkg/labels, and LabelSelectorAsSelector of
 * apis/meta/v1/helpers.go).
 */
export function labelRequirements(input: LabelSelectorInput): LabelRequirement[] {
  if (isText(input)) return parseLabelSelector(input);
  if (!isPlainObject(input))
    throw labelSelectorError(`must be text, a map of labels or a LabelSelector, not ${describe(input)}`);
  return isLabelSelector(input) ? fromSelector(input) : fromMap(input);
}

/**
 * The selector as a query takes it. Text is checked and left as it is; a map or `LabelSelector` becomes canonical text, sorted
 * by key.
 * @throws InputError as {@link labelRequirements}.
 */
export function labelSelectorText(input: LabelSelectorInput): string {
  const requirements = labelRequirements(input);
  return isText(input) ? input : requirementsText(requirements);
}

/**
 * True if an object with these labels (`metadata.labels`, which may be missing) would be selected. An empty selector selects
 * everything; `!=` and `notin` select objects without the label too.
 * @throws InputError if the API server would refuse the selector.
 */
export function matchesLabels(
  selector: LabelSelectorInput,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return meetsRequirements(labelRequirements(selector), labels);
}
