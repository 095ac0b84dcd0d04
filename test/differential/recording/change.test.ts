import fc from "fast-check";
import { expect, test } from "vitest";
import { applied, changeOf } from "./change.ts";

const json = fc.jsonValue({ maxDepth: 4 });

test("a change leads from any object to any other, through text", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), fc.dictionary(fc.string(), json), (from, to) => {
      const change = JSON.parse(JSON.stringify(changeOf(from, to))) as NonNullable<ReturnType<typeof changeOf>>;
      expect(applied(from, change)).toEqual(JSON.parse(JSON.stringify(to)));
    }),
    { examples: [[{}, JSON.parse('{ "__proto__": [] }') as Record<string, string>]] },
  );
});

test("it says what is new, what is gone and what changed within", () => {
  const from = { a: 1, b: { c: "some text", d: ["first", "second", "third"] }, e: 5 };
  const to = { a: 1, b: { c: "some text", d: ["first", "second"] }, f: 6 };
  expect(changeOf(from, to)).toEqual({ "-e": 0, ">b": { ">d": { "-2": 0 } }, "=f": 6 });
});
