import { expect, test } from "vitest";
import { differing } from "./differing.ts";

test("places are named by their keys alone, and what has no counterpart differs as a whole", () => {
  const expected = { status: 200, body: { items: [{ a: 1 }, { a: 2 }], b: [1] } };
  const found = { status: 200, body: { items: [{ a: 1 }, { a: 3 }], b: [1, 2], c: 4 } };
  expect(differing(expected, found)).toEqual([
    { at: "body.items.a", expected: 2, found: 3 },
    { at: "body.b", expected: [1], found: [1, 2] },
    { at: "body.c", expected: undefined, found: 4 },
  ]);
  expect(differing(expected, undefined)).toEqual([{ at: "", expected, found: undefined }]);
});
