import fc from "fast-check";
import { expect, test } from "vitest";
import { readIndexes, sharedIndex } from "./indexes.ts";

const most = 40;
const indexes = fc.uniqueArray(fc.nat({ max: most - 1 })).map((found) => found.toSorted((a, b) => a - b));

/** As a Job has them: `1,3-5`. */
function textOf(sorted: readonly number[]): string {
  const spans: number[][] = [];
  for (const index of sorted) {
    const last = spans.at(-1);
    if (last !== undefined && last.at(-1) === index - 1) last.push(index);
    else spans.push([index]);
  }
  return spans.map((span) => (span.length === 1 ? `${span[0]}` : `${span[0]}-${span.at(-1)}`)).join(",");
}

test("they are counted", () => {
  fc.assert(
    fc.property(indexes, (sorted) => {
      expect(readIndexes(textOf(sorted), most)).toBe(sorted.length);
    }),
  );
});

test("the first that two have in common is found", () => {
  fc.assert(
    fc.property(indexes, indexes, (a, b) => {
      const shared = a.find((index) => b.includes(index));
      expect(sharedIndex(textOf(a), textOf(b), most)).toBe(shared);
    }),
  );
});
