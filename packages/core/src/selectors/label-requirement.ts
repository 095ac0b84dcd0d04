import { InputError } from "../errors/input-error.ts";
import { labelKeyProblem, labelValueProblem } from "./label-syntax.ts";
import { quote } from "../input/quote.ts";

/** How a requirement relates a label to its values, written as in selector text; `exists` and `!` take no value. */
export type LabelOperator = "=" | "==" | "!=" | "in" | "notin" | "exists" | "!" | ">" | "<";

/** One condition of a label selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  /** One value for `=`, `==`, `!=`, `>` and `<`, at least one for `in` and `notin`, else none. */
  readonly values: readonly string[];
}

/** An error that names the selector, what is wrong in it, and the fix. */
export function labelSelectorError(problem: string): InputError {
  return new InputError("labelSelector", problem);
}

// strconv.ParseInt(text, 10, 64). The length is bounded first: BigInt of a long text takes more than linear time.
function int64(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const digits = text.replace(/^[+-]?0*/, "");
  if (digits.length > 19) return undefined;
  const value = BigInt(digits) * (text.startsWith("-") ? -1n : 1n);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/**
 * Checks one requirement as NewRequirement of k8s.io/apimachinery pkg/labels/selector.go does, and gives it back.
 * @throws InputError naming key or value and the rule it breaks.
 */
export function labelRequirement(key: string, operator: LabelOperator, values: readonly string[]): LabelRequirement {
  const fail = (problem: string): never => {
    throw labelSelectorError(`${quote(key)}: ${problem}`);
  };
  const keyProblem = labelKeyProblem(key);
  if (keyProblem !== undefined) fail(keyProblem);
  if ((operator === "in" || operator === "notin") && values.length === 0)
    fail(`'${operator}' needs at least one value`);
  if ((operator === "exists" || operator === "!") && values.length > 0)
    fail("'exists' and 'does not exist' take no values");
  for (const value of values) {
    const valueProblem = labelValueProblem(value);
    if (valueProblem !== undefined) fail(`${valueProblem}, not ${quote(value)}`);
    if ((operator === ">" || operator === "<") && int64(value) === undefined) {
      fail(`'${operator}' needs a whole number below 2^63, not ${quote(value)}`);
    }
  }
  return { key, operator, values };
}

function meets({ key, operator, values }: LabelRequirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case "!=":
    case "notin":
      return value === undefined || !values.includes(value);
    case ">":
    case "<": {
      const [number, bound] = [int64(value ?? ""), int64(values[0] ?? "")];
      return number !== undefined && bound !== undefined && (operator === ">" ? number > bound : number < bound);
    }
    default:
      return value !== undefined && values.includes(value);
  }
}

/** True if the labels meet every requirement; no requirement is met by all labels. */
export function meetsRequirements(
  requirements: readonly LabelRequirement[],
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return requirements.every((requirement) => meets(requirement, labels ?? {}));
}

function requirementText({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${values.toSorted().join(",")})`;
    default:
      return key + operator + values.join(",");
  }
}

/** The canonical text, as `Selector.String()` of k8s.io/apimachinery pkg/labels: sorted by key, values sorted. */
export function requirementsText(requirements: readonly LabelRequirement[]): string {
  return requirements
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(requirementText)
    .join(",");
}
