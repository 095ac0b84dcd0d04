import fc from "fast-check";
import { expect, test } from "vitest";
import { sameJson } from "./same-json.ts";

test("values are equal as their JSON is, in whatever order their fields stand", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(sameJson(a, JSON.parse(JSON.stringify(a)))).toBe(true);
      expect(sameJson(a, reversed(JSON.parse(JSON.stringify(a))))).toBe(true);
      expect(sameJson(a, b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
    }),
  );
});

test.each([
  [{}, []],
  [{}, null],
  [{ a: undefined }, { b: undefined }],
  [{ 0: "a", length: 1 }, ["a"]],
  [["a"], ["a", "b"]],
  [{ a: 1 }, { a: 1, b: 1 }],
  [JSON.parse('{ "__proto__": 1 }'), { a: 1 }],
  [{ a: {} }, JSON.parse('{ "__proto__": {} }')],
  ["1", 1],
])("%j is not %j", (a: unknown, b: unknown) => {
  expect([sameJson(a, b), sameJson(b, a)]).toEqual([false, false]);
});

function rebuilt(value: unknown, order: (names: string[]) => string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => rebuilt(item, order));
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(order(Object.keys(fields)).map((name) => [name, rebuilt(fields[name], order)]));
}

function sorted(value: unknown): unknown {
  return rebuilt(value, (names) => names.toSorted());
}

function reversed(value: unknown): unknown {
  return rebuilt(value, (names) => names.toReversed());
}
