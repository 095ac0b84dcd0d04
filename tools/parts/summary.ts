import type { Part, PartResult } from "./part.ts";

export interface PartRun {
  readonly part: Part;
  readonly result: PartResult;
  readonly seconds: number;
}

export interface Summary {
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/**
 * The last lines of a run, the very last being `N passed, N failed`. What failed is named here once more:
 * often the end of a log is all that is kept of it.
 * With `strict` every skip counts as a failure.
 */
export function summarise(runs: readonly PartRun[], strict: boolean): Summary {
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const { part, result, seconds } of runs) {
    passed += result.passed;
    failed += result.failed.length + (strict ? result.skipped.length : 0);
    lines.push(
      `${part.name.padEnd(12)} ${String(result.passed).padStart(6)} passed ${String(result.failed.length).padStart(4)} failed` +
        ` ${String(result.skipped.length).padStart(4)} skipped   ${budgetText(seconds, part.budget)}`,
    );
  }
  for (const { part, result } of runs) {
    for (const { what, why } of result.failed) lines.push(`FAILED: ${part.name}: ${what}: ${why}`);
  }
  const skips = runs.flatMap(({ part, result }) => result.skipped.map((skip) => ({ part: part.name, ...skip })));
  for (const skip of skips) {
    lines.push(`${strict ? "FAILED (strict): " : ""}not run: ${skip.part}: ${skip.what}: ${skip.why}`);
  }
  const empty = passed + failed === 0 && skips.length === 0;
  if (empty) lines.push("nothing ran, which is a failure");
  lines.push(`${passed} passed, ${failed} failed`);
  return { lines, ok: failed === 0 && !empty };
}

/** The time a part took and its share of the budget. */
export function budgetText(seconds: number, budget: number): string {
  return `${seconds.toFixed(1)} s of ${budget} s (${Math.round((seconds / budget) * 100)} %)`;
}
