import { meetsRequirements } from "@kubewright/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLabelSelector } from "../selectors/label-selector.ts";
import { selectorOf } from "./label-selector.ts";

const word = fc.constantFrom("a", "b", "c", "d");
const labels = fc.dictionary(word, word);
const expression = fc.oneof(
  fc.record({
    key: word,
    operator: fc.constantFrom("In", "NotIn"),
    values: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ key: word, operator: fc.constantFrom("Exists", "DoesNotExist") }),
);
const selector = fc.record({ matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 3 }) });

test("what an object says selects the same as its text in a query", () => {
  fc.assert(
    fc.property(selector, labels, (given, found) => {
      const { matches, text } = selectorOf(given)!;
      expect(matches(found)).toBe(meetsRequirements(parseLabelSelector(text), found));
    }),
  );
});

test("none selects nothing, an empty one everything, and one without sense is none", () => {
  expect(selectorOf(undefined)!.matches({ a: "b" })).toBe(false);
  expect(selectorOf({})).toMatchObject({ empty: true, text: "" });
  expect(selectorOf({ matchExpressions: [{ key: "a", operator: "Near" }] })).toBeUndefined();
});
