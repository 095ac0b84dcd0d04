import { describe, expect, test } from "vitest";
import type { PartResult } from "./part.ts";
import { summarise, type PartRun } from "./summary.ts";

function ran(name: string, result: Partial<PartResult>): PartRun {
  const part = { name, budget: 10, run: () => Promise.reject(new Error("not run in this test")) };
  return { part, result: { passed: 0, failed: [], skipped: [], ...result }, seconds: 2.5 };
}

describe("the last lines of a run", () => {
  test("sum all parts and give each its share of the budget", () => {
    const { lines, ok } = summarise([ran("build", { passed: 5 }), ran("unit", { passed: 7 })], false);
    expect(lines.at(-1)).toBe("12 passed, 0 failed");
    expect(lines[0]).toContain("2.5 s of 10 s (25 %)");
    expect(ok).toBe(true);
  });

  test("one failure is a failure, and is named again at the end", () => {
    const failed = [{ what: "a.test.ts > it works", why: "expected 1 to be 2" }];
    const { lines, ok } = summarise([ran("build", { passed: 5, failed }), ran("unit", { passed: 7 })], false);
    expect(lines.at(-2)).toBe("FAILED: build: a.test.ts > it works: expected 1 to be 2");
    expect(lines.at(-1)).toBe("12 passed, 1 failed");
    expect(ok).toBe(false);
  });

  test("a skip is named with its reason, and fails only in strict mode", () => {
    const runs = [ran("unit", { passed: 1 }), ran("real", { skipped: [{ what: "all", why: "Go is not installed" }] })];
    const loose = summarise(runs, false);
    expect(loose.lines).toContain("not run: real: all: Go is not installed");
    expect(loose.ok).toBe(true);
    const strict = summarise(runs, true);
    expect(strict.lines.at(-1)).toBe("1 passed, 1 failed");
    expect(strict.ok).toBe(false);
  });

  test("a run in which nothing ran is a failure", () => {
    expect(summarise([ran("unit", {})], false).ok).toBe(false);
  });
});
