import { afterAll, beforeAll, expect, test } from "vitest";
import { playLive, seedsAtOnce } from "./live.ts";
import { type LiveGround, startLiveGround } from "./live-ground.ts";

// SEED=n plays one seed again and tells its story; SEEDS=100 plays more than usual, FROM=n other ones.
const { SEED, SEEDS = `${seedsAtOnce}`, FROM = "1" } = process.env;
const seeds = SEED === undefined ? Array.from({ length: Number(SEEDS) }, (_, i) => Number(FROM) + i) : [Number(SEED)];
let ground: LiveGround;

beforeAll(async () => {
  ground = await startLiveGround();
});
afterAll(() => ground?.stop());

test(
  `whatever breaks, caches of a real server stay true: ${seeds.length} seeds`,
  { timeout: 60_000 + seeds.length * 10_000 },
  async () => {
    const failed: string[] = [];
    const sums = { deliveries: 0, requests: 0, inProtobuf: 0, relists: 0, beforeRestart: 0, compacted: 0, renewals: 0 };
    for (let at = 0; at < seeds.length; at += seedsAtOnce) {
      for (const { seed, violations, story, ...counts } of await playLive(ground, seeds.slice(at, at + seedsAtOnce))) {
        for (const count of Object.keys(sums) as (keyof typeof sums)[]) sums[count] += counts[count];
        if (SEED !== undefined) console.log(story.join("\n"));
        if (violations.length > 0) failed.push(`SEED=${seed}: ${violations.slice(0, 5).join("\n  ")}`);
      }
    }
    console.log(`[measured] ${seeds.length} live seeds: ${JSON.stringify(sums)}`);
    expect(failed.join("\n")).toBe("");
    if (seeds.length < seedsAtOnce) return;
    // What the seeds are there for has happened.
    for (const [what, count] of Object.entries(sums)) expect(count, what).toBeGreaterThan(0);
  },
);
