import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Results, Row } from "./row.ts";
import { interleave, median } from "./statistics.ts";
import { markdownTable, withTable } from "./table.ts";

const row: Row = {
  what: "gets",
  clientNode: "1/s",
  floor: "10/s",
  ours: "9/s",
  aim: "≥ 0.95 ×",
  measured: "0.90 ×",
  reached: false,
  detail: {},
};
const machine = { node: "v24.0.0", kubernetes: "v1.36.3", cpus: 2, platform: "linux x64" };

test("a missed aim is said in the table", () => {
  const table = markdownTable({ machine, rows: [row, { ...row, what: "import", reached: true }] });
  expect(table.split("\n").slice(2)).toEqual([
    "| gets | 1/s | 10/s | 9/s | ≥ 0.95 ×: **0.90 ×, missed** |",
    "| import | 1/s | 10/s | 9/s | ≥ 0.95 ×: 0.90 × |",
  ]);
});

test("a table replaces what stands between its markers, and nothing else", () => {
  const text = "before\n<!-- benchmarks: npm run bench -- --json -->\nold\n<!-- /benchmarks -->\nafter\n";
  const once = withTable(text, { machine, rows: [row] });
  expect(once).toContain("| gets |");
  expect(once).not.toContain("old");
  expect(once.startsWith("before\n") && once.endsWith("\nafter\n")).toBe(true);
  expect(withTable(once, { machine, rows: [row] })).toBe(once);
  expect(() => withTable("no markers", { machine, rows: [row] })).toThrow("lacks the lines");
});

test("README.md shows the results that are checked in", () => {
  const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  expect(existsSync(file("results.json"))).toBe(true);
  const results = JSON.parse(readFileSync(file("results.json"), "utf8")) as Results;
  const readme = readFileSync(file("../../README.md"), "utf8");
  expect(withTable(readme, results)).toBe(readme);
});

test("the median is the middle value, or the mean of two", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow("no values");
});

test("rounds are interleaved, each in another order", async () => {
  const order: string[] = [];
  const measure = (name: string) => () => Promise.resolve(order.push(name));
  const results = await interleave(2, { a: measure("a"), b: measure("b"), c: measure("c") });
  expect(order).toEqual(["a", "b", "c", "b", "c", "a"]);
  expect(results).toEqual({ a: [1, 6], b: [2, 4], c: [3, 5] });
});
