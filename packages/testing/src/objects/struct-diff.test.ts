import fc from "fast-check";
import { expect, test } from "vitest";
import { structDiff } from "./struct-diff.ts";

const counted = (from: number, to: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`n${from + index}`, from + index]));

test("what differs is shown with three lines around it", () => {
  const before = { ...counted(1, 6), old: true, ...counted(6, 20) };
  const after = { ...counted(1, 6), fresh: [1], ...counted(6, 20) };
  expect(structDiff(before, after)).toBe(
    [
      "@@ -4,7 +4,9 @@",
      ' "n3": 3,',
      ' "n4": 4,',
      ' "n5": 5,',
      '- "old": true,',
      '+ "fresh": [',
      "+  1",
      "+ ],",
      ' "n6": 6,',
      ' "n7": 7,',
      ' "n8": 8,',
      "",
    ]
      // JSON is indented by one space, and what stays has one more before it.
      .map((line) => (/^[@+-]|^$/.test(line) ? line : ` ${line}`))
      .join("\n"),
  );
});

test("what is far apart is shown apart", () => {
  const diff = structDiff({ a: 1, ...counted(1, 9), b: 1 }, { a: 2, ...counted(1, 9), b: 2 });
  expect(diff.match(/^@@ .* @@$/gm)).toEqual(["@@ -1,5 +1,5 @@", "@@ -8,5 +8,5 @@"]);
});

test("the lines taken away and added make the one value of the other", () => {
  const value = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 0, max: 3 }), { maxKeys: 4 });
  const values = fc.array(value, { maxLength: 120 });
  fc.assert(
    fc.property(values, values, (before, after) => {
      expect(patched(before, structDiff(before, after))).toBe(JSON.stringify(after, null, 1));
    }),
    { numRuns: 50 },
  );
});

/** The text of a value after a diff. */
function patched(value: unknown, diff: string): string {
  const lines = JSON.stringify(value, null, 1).split("\n");
  const made: string[] = [];
  let at = 0;
  for (const line of diff.split("\n").slice(0, -1)) {
    const [, start, length] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (start !== undefined) {
      const first = length === "0" ? Number(start) : Number(start) - 1;
      made.push(...lines.slice(at, first));
      at = first;
      continue;
    }
    if (!line.startsWith("+")) expect(lines[at++]).toBe(line.slice(1));
    if (!line.startsWith("-")) made.push(line.slice(1));
  }
  return [...made, ...lines.slice(at)].join("\n");
}
