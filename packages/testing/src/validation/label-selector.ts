import { type LabelRequirement, meetsLabel } from "../selectors/label-selector.ts";
import { wrongValueCount } from "./checks.ts";
import { entriesIn, type Fields, objectIn, objectsIn, textIn, textsIn } from "./fields.ts";
import { wrongLabelValue, wrongQualifiedName } from "./forms.ts";

/** A LabelSelector of an object, ready for use (LabelSelectorAsSelector of k8s.io/apimachinery pkg/apis/meta/v1/helpers.go). */
export interface Selector {
  /** It selects everything. */
  readonly empty: boolean;
  matches(labels: Fields): boolean;
  /** As a query has it. */
  readonly text: string;
}

const operators: Readonly<Record<string, LabelRequirement["operator"]>> = {
  In: "in",
  NotIn: "notin",
  Exists: "exists",
  DoesNotExist: "!",
};

/** A selector that is missing selects nothing. Undefined for one that makes no sense. */
export function selectorOf(selector: Fields | undefined): Selector | undefined {
  if (selector === undefined) return { empty: false, matches: () => false, text: "" };
  const requirements = [...equalities(entriesIn(selector, "matchLabels"))];
  for (const expression of objectsIn(selector, "matchExpressions")) {
    const values = textsIn(expression, "values");
    const operator = operators[textIn(expression, "operator")];
    const [tooFewOrMany] = wrongValueCount(textIn(expression, "operator"), values, "");
    if (operator === undefined || tooFewOrMany !== undefined) return undefined;
    requirements.push({ key: textIn(expression, "key"), operator, values });
  }
  return requirements.every(isReadable) ? selectorBy(requirements) : undefined;
}

/** One that wants labels as they stand in an older kind of selector, such as a ReplicationController's. */
export function selectorOfLabels(labels: Fields): Selector {
  return selectorBy(equalities(Object.entries(labels) as [string, string][]));
}

function equalities(labels: readonly (readonly [string, string])[]): readonly LabelRequirement[] {
  return labels.map(([key, value]) => ({ key, operator: "=", values: [value] }));
}

function isReadable({ key, values }: LabelRequirement): boolean {
  return wrongQualifiedName(key).length === 0 && values.every((value) => wrongLabelValue(value).length === 0);
}

function selectorBy(requirements: readonly LabelRequirement[]): Selector {
  return {
    empty: requirements.length === 0,
    matches: (labels) => requirements.every((one) => meetsLabel(one, labels as Readonly<Record<string, string>>)),
    text: requirements
      .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(textOf)
      .join(","),
  };
}

function textOf({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${values.toSorted().join(",")})`;
    default:
      return `${key}${operator}${values.join(",")}`;
  }
}

/** The labels of the pods that a template makes. */
export function templateLabels(spec: Fields): Fields {
  return objectIn(objectIn(objectIn(spec, "template"), "metadata"), "labels");
}
