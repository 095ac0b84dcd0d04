import { cells } from "./cells.ts";

/** What the recordings have to hold: so many sequences in all, so much of each cell, and which share of answers is a refusal. */
export const least = { sequences: 1500, ofCell: { sequences: 8, answers: 20 }, refusals: 0.3 } as const;

/** With how many seeds each cell is recorded. */
export const seedsOfEach: number = Math.max(
  least.ofCell.sequences,
  Math.ceil(least.sequences / Object.keys(cells).length),
);

/** The share of answers that have to be equal: of all, and of each cell. */
export const leastEqual = { total: 0.99, ofCell: 0.95 } as const;

/** How many sequences are played on a real server each time. */
export const liveSequences = 150;
