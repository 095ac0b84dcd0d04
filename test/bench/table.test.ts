import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inRoot } from "../../tools/lib/root.ts";
import type { Comparison, Results, Row, ServerComparison } from "./row.ts";
import { interleave, median } from "./statistics.ts";
import {
  comparisonsTable,
  pages,
  pagesTable,
  podStreamsTable,
  resultsTable,
  serversTable,
  sizesTable,
  withTable,
} from "./table.ts";

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
const comparison: Comparison = { what: "list of 1 pod", json: "2 ms", protobuf: "1 ms", ratio: "0.50 ×" };
const servers: ServerComparison = { what: "start", injected: "–", embedded: "1 ms", real: "1 s", ratio: "0.00 ×" };
const machine = { node: "v24.0.0", kubernetes: "v1.36.3", cpus: 2, platform: "linux x64" };
const results: Results = {
  machine,
  rows: [row],
  sizes: [row],
  comparisons: [comparison],
  servers: [servers],
  podStreams: [row],
  pages: [row],
};

test("a missed aim is said in the table", () => {
  const table = resultsTable({ ...results, rows: [row, { ...row, what: "import", reached: true }] });
  expect(table.split("\n").slice(2)).toEqual([
    "| gets | 1/s | 10/s | 9/s | ≥ 0.95 ×: **0.90 ×, missed** |",
    "| import | 1/s | 10/s | 9/s | ≥ 0.95 ×: 0.90 × |",
  ]);
});

test("a table replaces what stands between its markers, and nothing else", () => {
  const text = "before\n<!-- benchmarks: npm run bench -- --json -->\nold\n<!-- /benchmarks -->\nafter\n";
  const once = withTable(text, results, "| gets |");
  expect(once).toContain("| gets |");
  expect(once).not.toContain("old");
  expect(once.startsWith("before\n") && once.endsWith("\nafter\n")).toBe(true);
  expect(withTable(once, results, "| gets |")).toBe(once);
  expect(() => withTable("no markers", results, "")).toThrow("lacks the lines");
});

test("API servers stand beside each other", () => {
  expect(serversTable(results).split("\n").at(-1)).toBe("| start | – | 1 ms | 1 s | 0.00 × |");
});

test.each([
  ["sizes", sizesTable],
  ["pod streams", podStreamsTable],
  ["pages", pagesTable],
])("%s have a table of their own", (_, table) => {
  expect(table(results).split("\n").at(-1)).toBe("| gets | 1/s | 10/s | 9/s | ≥ 0.95 ×: **0.90 ×, missed** |");
});

test("both encodings stand beside each other", () => {
  expect(comparisonsTable(results).split("\n")[2]).toBe("| list of 1 pod | 2 ms | 1 ms | 0.50 × |");
});

test.each(Object.entries(pages))("%s shows the results that are checked in", (page, table) => {
  const saved = JSON.parse(readFileSync(inRoot("test", "bench", "results.json"), "utf8")) as Results;
  const text = readFileSync(inRoot(page), "utf8");
  expect(withTable(text, saved, table(saved))).toBe(text);
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
