import type { LabelRequirement } from "@kubewright/core";
import { badRequest } from "../exchange/refusal.ts";
import { wrongLabelValue, wrongQualifiedName } from "../validation/forms.ts";
import { labelTokens } from "./label-tokens.ts";

type Operator = LabelRequirement["operator"];

const operators: readonly Operator[] = ["in", "notin", "=", "==", "!=", ">", "<"];

/**
 * Reads a label selector (k8s.io/apimachinery pkg/labels/selector.go). Core's parser takes the same texts; this one says of the others what the
 * server says. @throws Refusal
 */
export function parseLabelSelector(text: string): readonly LabelRequirement[] {
  return new Parser(text).requirements();
}

/** By its first character; `in` and `notin` are words too. `""` is the end. */
function isWord(token: string): boolean {
  return token !== "" && !"=!(),<>".includes(token.charAt(0));
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = labelTokens(text);
  }

  requirements(): readonly LabelRequirement[] {
    const found: LabelRequirement[] = [];
    for (;;) {
      const first = this.#peek();
      if (first === "") return found;
      if (!isWord(first) && first !== "!") throw failed(first, ", expected: !, identifier, or 'end of string'");
      found.push(this.#requirement());
      const next = this.#take();
      if (next === "") return found;
      if (next !== ",") throw failed(next, ", expected: ',' or 'end of string'");
      const after = this.#peek();
      if (!isWord(after) && after !== "!") throw failed(after, ", expected: identifier after ','");
    }
  }

  #requirement(): LabelRequirement {
    const absent = this.#peek() === "!" && this.#take() !== "";
    const key = this.#word(", expected: identifier");
    const [problem] = wrongKey(key, "<nil>");
    if (problem !== undefined) throw unparsable(problem);
    const isLast = this.#peek() === "" || this.#peek() === ",";
    if (absent || isLast) return checked(key, absent ? "!" : "exists", []);
    const found = this.#take();
    const operator = operators.find((one) => one === found);
    if (operator === undefined) throw unparsable(`found '${found}', expected: in, notin, =, ==, !=, gt, lt`);
    return checked(key, operator, isWord(operator) ? this.#values() : [this.#value()]);
  }

  #value(): string {
    return this.#peek() === "" || this.#peek() === "," ? "" : this.#word(", expected: identifier");
  }

  #values(): readonly string[] {
    const open = this.#take();
    if (open !== "(") throw unparsable(`found '${open}' expected: '('`);
    const first = this.#peek();
    if (!isWord(first) && first !== "," && first !== ")")
      throw unparsable(`found '${first}', expected: ',', ')' or identifier`);
    const values = new Set<string>();
    for (let more = first !== ")"; more;) {
      // Where no value stands, before, between and after commas, the empty one is meant.
      if (this.#peek() === "," || this.#peek() === ")") values.add("");
      else values.add(this.#word(", expected: ',', or identifier"));
      const next = this.#peek();
      if (next !== "," && next !== ")") throw unparsable(`found '${next}', expected: ',' or ')'`);
      more = next === ",";
      if (more) this.#take();
    }
    this.#take();
    return values.size === 0 ? [""] : [...values].toSorted();
  }

  #word(expected: string): string {
    const found = this.#take();
    if (!isWord(found)) throw unparsable(`found '${found}'${expected}`);
    return found;
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? "";
  }

  #take(): string {
    return this.#tokens[this.#at++] ?? "";
  }
}

/** @throws Refusal for keys and values that no label can have */
function checked(key: string, operator: Operator, values: readonly string[]): LabelRequirement {
  const problems = [
    ...(operator === ">" || operator === "<" ? values.flatMap(wrongNumber) : []),
    ...values.flatMap((value, index) => {
      const said = wrongLabelValue(value).join("; ");
      return said === "" ? [] : [invalidValue(`values[${index}][${key}]`, value, said)];
    }),
  ];
  if (problems.length > 0) throw unparsable(problems.length === 1 ? problems[0]! : `[${problems.join(", ")}]`);
  return { key, operator, values };
}

function wrongKey(key: string, path: string): readonly string[] {
  const said = wrongQualifiedName(key).join("; ");
  return said === "" ? [] : [invalidValue(path, key, said)];
}

function wrongNumber(value: string, index: number): readonly string[] {
  const isNumber = /^[+-]?\d+$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
  return isNumber
    ? []
    : [invalidValue(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer")];
}

function invalidValue(path: string, value: string, said: string): string {
  return `${path}: Invalid value: ${JSON.stringify(value)}: ${said}`;
}

function failed(found: string, expected: string): Error {
  return badRequest(`found '${found}'${expected}`);
}

function unparsable(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}
