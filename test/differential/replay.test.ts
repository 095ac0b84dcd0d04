import { afterAll, describe, expect, test } from "vitest";
import { cells } from "./cells.ts";
import { compareAnswers } from "./compare.ts";
import { compareWithList, type Difference, listedDifferences } from "./differences.ts";
import { differing } from "./differing.ts";
import { least, leastEqual } from "./matrix.ts";
import { ourServer } from "./our-server.ts";
import { play } from "./play.ts";
import { allFiles, fileOf, textOf } from "./recording/files.ts";
import { readRecording } from "./recording/recording.ts";

/** What was found in each cell. */
const counts: { cell: string; sequences: number; answers: number; refusals: number; equal: number }[] = [];
const found: Difference[] = [];

/** The sum over all cells. */
const sum = (of: "sequences" | "answers" | "refusals" | "equal"): number =>
  counts.reduce((total, count) => total + count[of], 0);

describe("what a real server was recorded to answer", () => {
  test.each(Object.entries(cells))("%s", async (cell, sequence) => {
    const recorded = await readRecording(sequence, textOf(cell));
    const ours = ourServer();
    const count = { cell, sequences: recorded.length, answers: 0, refusals: 0, equal: 0 };
    const shown: string[] = [];
    for (const { seed, answers } of recorded) {
      const played = await play(sequence, ours, seed, `replay-${seed}`);
      for (const { expected, found: given, equal } of compareAnswers(answers, played)) {
        count.answers += 1;
        if (((expected ?? {}) as { status?: number }).status! >= 400) count.refusals += 1;
        if (equal) count.equal += 1;
        else {
          const places = differing(expected, given?.answer);
          found.push(...places.map(({ at }) => ({ cell, at })));
          const sent = JSON.stringify(given?.request)?.slice(0, 300);
          shown.push(`seed ${seed}: ${sent} ${JSON.stringify(places[0])}`);
        }
      }
    }
    counts.push(count);
    if (shown.length > 0)
      console.log(`${cell}: ${count.equal} of ${count.answers}\n  ${shown.slice(0, 5).join("\n  ")}`);
    expect(count.sequences).toBeGreaterThanOrEqual(least.ofCell.sequences);
    expect(count.answers).toBeGreaterThanOrEqual(least.ofCell.answers);
    expect(count.equal / count.answers).toBeGreaterThanOrEqual(leastEqual.ofCell);
  });
});

describe("all cells together", () => {
  afterAll(() => {
    const equal = ((100 * sum("equal")) / sum("answers")).toFixed(2);
    const many = `${counts.length} cells, ${sum("sequences")} sequences, ${sum("answers")} answers`;
    console.log(`[measured] ${many}, ${sum("refusals")} of them refusals: ${equal} % equal`);
  });

  test("are enough, and a part of them is refused", () => {
    expect(sum("sequences")).toBeGreaterThanOrEqual(least.sequences);
    expect(sum("refusals") / sum("answers")).toBeGreaterThanOrEqual(least.refusals);
  });

  test("are recorded, and nothing else is", () => {
    expect(allFiles()).toEqual(Object.keys(cells).map(fileOf).toSorted());
  });

  test("are answered as the real server does", () => {
    expect(sum("equal") / sum("answers")).toBeGreaterThanOrEqual(leastEqual.total);
  });

  test("differ where DIFFERENCES.md says so, and nowhere else", () => {
    const { unlisted, idle } = compareWithList(listedDifferences(), found);
    expect([...new Set(unlisted.map(({ cell, at }) => `${cell}: ${at}`))]).toEqual([]);
    expect(idle.map(({ cell, at }) => `${cell}: ${at}`)).toEqual([]);
  });
});
