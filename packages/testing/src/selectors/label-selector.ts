import { badRequest } from "../exchange/refusal.ts";

/** One condition of a label selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: "=" | "!=" | "in" | "notin" | "exists" | "!" | ">" | "<";
  readonly values: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

/** Whether labels meet a requirement. What is not there is not equal to anything. */
export function meetsLabel({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case "!=":
    case "notin":
      return value === undefined || !values.includes(value);
    case "=":
    case "in":
      return value !== undefined && values.includes(value);
    default: {
      if (value === undefined || !/^[+-]?\d+$/.test(value)) return false;
      const [limit = "0"] = values;
      return operator === ">" ? BigInt(value) > BigInt(limit) : BigInt(value) < BigInt(limit);
    }
  }
}

/** Reads a label selector (k8s.io/apimachinery pkg/labels/selector.go). @throws Refusal */
export function parseLabelSelector(text: string): readonly LabelRequirement[] {
  const parser = new Parser(text);
  return parser.requirements();
}

const special = new Set(["(", ")", ",", "!", "=", "==", "!=", ">", "<"]);

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = text.match(/!=|==|[(),!=<>]|[^\s(),!=<>]+/g) ?? [];
  }

  requirements(): readonly LabelRequirement[] {
    const found: LabelRequirement[] = [];
    if (this.#peek() === undefined) return found;
    for (;;) {
      found.push(this.#requirement());
      const next = this.#take();
      if (next === undefined) return found;
      if (next !== ",") throw failed(`found '${next}', expected: ',' or 'end of string'`);
      const after = this.#peek();
      if (after === undefined || (special.has(after) && after !== "!"))
        throw failed(`found '${after ?? ""}', expected: identifier after ','`);
    }
  }

  #requirement(): LabelRequirement {
    const negated = this.#peek() === "!";
    if (negated) this.#take();
    const key = this.#take() ?? "";
    if (key === "" || special.has(key)) throw unparsable(`found '${key}', expected: identifier`);
    if (negated) return { key, operator: "!", values: [] };
    const next = this.#peek();
    if (next === undefined || next === ",") return { key, operator: "exists", values: [] };
    this.#take();
    switch (next) {
      case "=":
      case "==":
        return { key, operator: "=", values: [this.#value()] };
      case "!=":
      case ">":
      case "<":
        return { key, operator: next, values: [this.#value()] };
      case "in":
      case "notin":
        return { key, operator: next, values: this.#values() };
      default:
        throw unparsable(`found '${next}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  #value(): string {
    const next = this.#peek();
    if (next === undefined || next === ",") return "";
    if (special.has(next)) throw unparsable(`found '${next}', expected: identifier`);
    return this.#take() ?? "";
  }

  #values(): readonly string[] {
    const open = this.#take();
    if (open !== "(") throw unparsable(`found '${open ?? ""}' expected: '('`);
    const values = new Set<string>();
    for (let value = ""; ;) {
      const next = this.#take();
      if (next === ")" || next === ",") {
        values.add(value);
        value = "";
        if (next === ")") return [...values].toSorted();
      } else if (next === undefined || special.has(next)) {
        throw unparsable(`found '${next ?? ""}', expected: ',', ')' or identifier`);
      } else value = next;
    }
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #take(): string | undefined {
    return this.#tokens[this.#at++];
  }
}

function failed(why: string): Error {
  return badRequest(why);
}

function unparsable(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}
