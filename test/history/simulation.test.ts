import { expect, test } from "vitest";
import { readRecordings } from "./recording.ts";
import { simulate } from "./simulation.ts";

// SEED=n plays one seed again and tells its story; SEEDS=20000 plays more than usual, FROM=n other ones.
const { SEED, SEEDS = "200", FROM = "1" } = process.env;
const seeds = SEED === undefined ? Array.from({ length: Number(SEEDS) }, (_, i) => Number(FROM) + i) : [Number(SEED)];
const recordings = readRecordings();

test(`whatever breaks, caches stay true: ${seeds.length} seeds`, { timeout: seeds.length * 5000 }, async () => {
  const failed: string[] = [];
  let deliveries = 0;
  let requests = 0;
  for (const seed of seeds) {
    const result = await simulate(seed, recordings);
    deliveries += result.deliveries;
    requests += result.requests;
    if (SEED !== undefined) console.log(result.story.join("\n"));
    if (result.violations.length === 0) continue;
    failed.push(`SEED=${seed}: ${result.violations.slice(0, 5).join("\n  ")}`);
    if (failed.length >= 5) break;
  }
  console.log(`[measured] ${seeds.length} seeds: ${deliveries} deliveries, ${requests} requests`);
  expect(failed.join("\n")).toBe("");
});
