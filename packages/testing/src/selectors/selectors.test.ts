import { InputError, labelRequirements, type LabelRequirement } from "@kubewright/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "../exchange/refusal.ts";
import { parseFieldSelector } from "./field-selector.ts";
import { parseLabelSelector } from "./label-selector.ts";

/** What a parser gives; undefined for a text that it refuses. */
function parsed<T>(parse: () => T, refusal: abstract new (...args: never[]) => Error): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof refusal) return undefined;
    throw error;
  }
}

const equalityFirst = (requirements: readonly LabelRequirement[] | undefined): unknown =>
  requirements?.map(({ key, operator, values }) => [key, operator === "==" ? "=" : operator, values]);

describe("a label selector", () => {
  const piece = fc.constantFrom(
    "a",
    "b1",
    "in",
    "notin",
    "=",
    "==",
    "!=",
    "!",
    ",",
    "(",
    ")",
    ">",
    "<",
    " ",
    "7",
    "x/y",
    "-",
  );

  test("of any kind is read, or refused, as core reads it, which was compared with Go", () => {
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (selector) => {
        const ours = parsed(() => parseLabelSelector(selector), Refusal);
        const cores = parsed(() => labelRequirements(selector), InputError);
        expect(equalityFirst(ours)).toEqual(equalityFirst(cores));
      }),
      { numRuns: 3000 },
    );
  });
});

describe("a field selector", () => {
  test("gives back what was escaped", () => {
    const value = fc.string({ unit: fc.constantFrom("a", "\\", ",", "=", "!", " ", "é") });
    const terms = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}(\.[a-zA-Z]{1,4})?$/), value, { maxKeys: 4 });
    fc.assert(
      fc.property(terms, fc.constantFrom("=", "==", "!="), (wanted, operator) => {
        const text = Object.entries(wanted)
          .map(([field, one]) => field + operator + one.replaceAll(/[\\,=]/g, "\\$&"))
          .join(",");
        const found = parseFieldSelector(text).map(({ field, value: one }) => [field, one] as const);
        expect(Object.fromEntries(found)).toEqual({ ...wanted });
        for (const { negated } of parseFieldSelector(text)) expect(negated).toBe(operator === "!=");
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["a", "invalid selector: 'a'; can't understand 'a'"],
    ["b,a", "invalid selector: 'b,a'; can't understand 'a'"],
    ["a=b=c", "invalid field selector: unescaped character in value: 61"],
    ["a=b\\c", "invalid field selector: invalid escape sequence: \\c"],
    ["a=b\\", "invalid field selector: invalid escape sequence: \\"],
  ])("%j is refused: %s", (text, message) => {
    expect(() => parseFieldSelector(text)).toThrow(message);
  });
});
