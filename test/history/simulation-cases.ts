import { expect, test } from "vitest";
import { readRecordings } from "./recording.ts";
import { simulate } from "./simulation.ts";

// SEED=n plays one seed again and tells its story; SEEDS=20000 plays more than usual, FROM=n other ones.
const { SEED, SEEDS = "200", FROM = "1" } = process.env;
const asked = SEED === undefined ? Array.from({ length: Number(SEEDS) }, (_, i) => Number(FROM) + i) : [Number(SEED)];

// What a test makes is searched for credentials when it ends, and held until then.
const perTest = 10;

/** Plays one half of the seeds: in two files, so that two cores have work. */
export function simulationCases(half: "first" | "second"): void {
  const middle = Math.ceil(asked.length / 2);
  const seeds = half === "first" ? asked.slice(0, middle) : asked.slice(middle);
  const recordings = readRecordings();
  const groups = Array.from({ length: Math.ceil(seeds.length / perTest) }, (_, i) =>
    seeds.slice(i * perTest, (i + 1) * perTest),
  );
  /** In how many seeds. */
  const happened = { inProtobuf: 0, fellBack: 0 };

  test.each(groups.map((group) => [group[0], group.at(-1), group] as const))(
    "whatever breaks, caches stay true: seeds %d to %d",
    { timeout: perTest * 12_000 },
    async (_first, _last, group) => {
      const failed: string[] = [];
      let deliveries = 0;
      for (const seed of group) {
        const result = await simulate(seed, recordings);
        deliveries += result.deliveries;
        if (result.inProtobuf > 0) happened.inProtobuf += 1;
        if (result.fellBack) happened.fellBack += 1;
        if (SEED !== undefined) console.log(result.story.join("\n"));
        if (result.violations.length > 0) failed.push(`SEED=${seed}: ${result.violations.slice(0, 5).join("\n  ")}`);
      }
      expect(failed.join("\n")).toBe("");
      expect(deliveries).toBeGreaterThan(0);
    },
  );

  test("what the seeds are there for has happened", () => {
    if (seeds.length < 50) return;
    // Half of them ask for protobuf, of which a quarter has none; a third of the others meets a newer server.
    expect(happened.inProtobuf).toBeGreaterThan(seeds.length / 4);
    expect(happened.fellBack).toBeGreaterThan(seeds.length / 20);
  });
}
