import {
  labelRequirement,
  labelSelectorError,
  type LabelOperator,
  type LabelRequirement,
} from "./label-requirement.ts";
import { quote } from "./quote.ts";

// A recursive-descent parser over the grammar of k8s.io/apimachinery pkg/labels/selector.go, one token ahead; linear time.

interface Token {
  /** `word` for keys, values, `in` and `notin`; `end` after the last; else the symbol itself. */
  readonly kind: string;
  readonly text: string;
  readonly at: number;
}

const symbols = "=!(),><";
const blanks = " \t\r\n";

class Scanner {
  readonly #text: string;
  #end = 0;
  #next: Token;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#scan();
  }

  /** The token to be taken next. */
  peek(): Token {
    return this.#next;
  }

  /** Gives the current token and goes on to the next. */
  take(): Token {
    const token = this.#next;
    this.#next = this.#scan();
    return token;
  }

  fail(expected: string, found: Token = this.#next): never {
    const what = found.kind === "end" ? "the end" : `${quote(found.text)} at position ${found.at + 1}`;
    throw labelSelectorError(`${quote(this.#text)}: found ${what}, expected ${expected}`);
  }

  #scan(): Token {
    const text = this.#text;
    let at = this.#end;
    while (at < text.length && blanks.includes(text.charAt(at))) at++;
    let end = at;
    if (at === text.length) {
      this.#end = end;
      return { kind: "end", text: "", at };
    }
    const first = text.charAt(at);
    if (symbols.includes(first)) {
      end += (first === "=" || first === "!") && text.charAt(at + 1) === "=" ? 2 : 1;
      this.#end = end;
      const symbol = text.slice(at, end);
      return { kind: symbol, text: symbol, at };
    }
    while (end < text.length && !symbols.includes(text.charAt(end)) && !blanks.includes(text.charAt(end))) end++;
    this.#end = end;
    return { kind: "word", text: text.slice(at, end), at };
  }
}

// "(a,,b)" holds the empty value too, and "()" only that; a value that is named twice counts once.
function parseValues(scanner: Scanner): string[] {
  if (scanner.peek().kind !== "(") scanner.fail("'('");
  scanner.take();
  const values = new Set<string>();
  for (;;) {
    if (scanner.peek().kind === "word") values.add(scanner.take().text);
    else values.add("");
    const separator = scanner.take();
    if (separator.kind === ")") return [...values].sort();
    if (separator.kind !== ",") scanner.fail("',' or ')'", separator);
  }
}

function parseValue(scanner: Scanner): string {
  const { kind } = scanner.peek();
  if (kind === "end" || kind === ",") return "";
  if (kind !== "word") scanner.fail("a value");
  return scanner.take().text;
}

function parseOperator(scanner: Scanner): LabelOperator {
  const { kind, text } = scanner.peek();
  const operator = kind === "word" ? text : kind;
  switch (operator) {
    case "=":
    case "==":
    case "!=":
    case "in":
    case "notin":
    case ">":
    case "<":
      scanner.take();
      return operator;
    default:
      return scanner.fail("one of = == != > < in notin, or ','");
  }
}

function parseRequirement(scanner: Scanner): LabelRequirement {
  const absent = scanner.peek().kind === "!";
  if (absent) scanner.take();
  if (scanner.peek().kind !== "word") scanner.fail(absent ? "a label key" : "a label key or '!'");
  const key = scanner.take().text;
  if (absent) return labelRequirement(key, "!", []);
  if (scanner.peek().kind === "end" || scanner.peek().kind === ",") return labelRequirement(key, "exists", []);
  const operator = parseOperator(scanner);
  return labelRequirement(
    key,
    operator,
    operator === "in" || operator === "notin" ? parseValues(scanner) : [parseValue(scanner)],
  );
}

/**
 * The requirements of a selector's text, in its order. White space between tokens means nothing; text without any requirement
 * selects everything.
 * @throws InputError where the API server would answer 400, and for a NUL, which the server silently takes as the end of the text.
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  if (text.includes("\0")) throw labelSelectorError("the text holds a NUL character; remove it");
  const scanner = new Scanner(text);
  const requirements: LabelRequirement[] = [];
  if (scanner.peek().kind === "end") return requirements;
  for (;;) {
    requirements.push(parseRequirement(scanner));
    const separator = scanner.take();
    if (separator.kind === "end") return requirements;
    if (separator.kind !== ",") scanner.fail("',' or the end", separator);
  }
}
