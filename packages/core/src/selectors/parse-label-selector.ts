import {
  labelRequirement,
  labelSelectorError,
  type LabelOperator,
  type LabelRequirement,
} from "./label-requirement.ts";
import { quote } from "../input/quote.ts";

const symbols = "=!(),<>";
const binaryOperators = ["=", "==", "!=", ">", "<", "in", "notin"];

// By its first character; `in` and `notin` are words as well, and may be keys and values. "" is the end.
function isWord(token: string): boolean {
  return !symbols.includes(token.charAt(0));
}

/**
 * The requirements of a selector's text, in its order: the grammar of k8s.io/apimachinery pkg/labels/selector.go. White space
 * between tokens means nothing; text without any requirement selects everything. Linear time.
 * @throws InputError where the API server would answer 400, and for a NUL, which the server silently takes as the end of the text.
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  if (text.includes("\0")) throw labelSelectorError("the text holds a NUL character; remove it");
  // Every character but white space begins or continues a token.
  const pattern = /[=!]=|[=!(),<>]|[^=!(),<> \t\r\n]+/g;
  let found = pattern.exec(text);

  const peek = (): string => found?.[0] ?? "";
  const take = (): string => {
    const token = peek();
    if (found) found = pattern.exec(text);
    return token;
  };
  const fail = (expected: string): never => {
    const place = found ? `${quote(found[0])} at position ${found.index + 1}` : "the end";
    throw labelSelectorError(`${quote(text)}: found ${place}, expected ${expected}`);
  };
  const expect = (fits: boolean, expected: string): string => (fits ? take() : fail(expected));

  // "(a,,b)" holds the empty value too, and "()" only that; a value that is named twice counts once.
  const values = (): string[] => {
    expect(peek() === "(", "'('");
    const set = new Set<string>();
    do set.add(isWord(peek()) ? take() : "");
    while (expect(peek() === "," || peek() === ")", "',' or ')'") === ",");
    return [...set].sort();
  };
  const value = (): string => (peek() === "" || peek() === "," ? "" : expect(isWord(peek()), "a value"));
  const requirement = (): LabelRequirement => {
    const absent = peek() === "!" && take() !== "";
    const key = expect(isWord(peek()), "a label key");
    if (absent) return labelRequirement(key, "!", []);
    if (peek() === "" || peek() === ",") return labelRequirement(key, "exists", []);
    const operator = expect(
      binaryOperators.includes(peek()),
      `',' or one of ${binaryOperators.join(" ")}`,
    ) as LabelOperator;
    return labelRequirement(key, operator, isWord(operator) ? values() : [value()]);
  };

  const requirements: LabelRequirement[] = [];
  if (peek() === "") return requirements;
  do requirements.push(requirement());
  while (peek() !== "" && expect(peek() === ",", "',' or the end") === ",");
  return requirements;
}
