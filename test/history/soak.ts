// Many more seeds, and objects in protobuf, than a run of the tests has: npm run soak
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildControlPlane } from "../controlplane/build.ts";
import { decodeObjects, encodeObjects, encodeWritten } from "../protobuf/go-objects.ts";
import { readRecordings } from "./recording.ts";
import { playLive, seedsAtOnce } from "./live.ts";
import { startLiveGround } from "./live-ground.ts";
import { simulate } from "./simulation.ts";

const help = `Reads and writes objects of every kind in protobuf, beside Go, then plays seeds of histories against informers, on a real server and on
a simulated one, and writes test/history/soak-result.json.

  --seeds N       so many live seeds (default 2000, about an hour)
  --simulated N   so many simulated seeds (default 20000)
  --minutes M     ends each of the two after so many minutes, with as many seeds as it has played (default 120)
  --objects N     so many objects of each kind (default 500, some five minutes)
  --from N        the first seed (default 1)

What fails is printed with its seed: SEED=n pnpm exec vitest run --project faults test/history/live.test.ts plays a live one again,
SEED=n pnpm exec vitest run --project history test/history/simulation- a simulated one.
`;

/** What one kind of seeds came to. */
interface Played {
  readonly seeds: number;
  /** In how many of them answers came in protobuf. */
  readonly inProtobuf: number;
  /** The first of them; the others follow it. */
  readonly from: number;
  readonly violations: number;
  readonly deliveries: number;
  readonly minutes: number;
}

interface Found {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly deliveries: number;
  /** How many answers came in protobuf. */
  readonly inProtobuf: number;
}

interface Bounds {
  readonly seeds: number;
  readonly from: number;
  readonly minutes: number;
  /** How many are played at a time. */
  readonly atOnce: number;
}

const resultFile = new URL("soak-result.json", import.meta.url);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "2000" },
      simulated: { type: "string", default: "20000" },
      minutes: { type: "string", default: "120" },
      objects: { type: "string", default: "500" },
      from: { type: "string", default: "1" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const date = new Date().toISOString().slice(0, 10);
  const [minutes, from] = [numberOf("minutes", values.minutes), numberOf("from", values.from)];
  const bounds = { minutes, from };
  const objects = await playObjects(numberOf("objects", values.objects), from);
  const ground = await startLiveGround();
  const { version } = ground.plane;
  let live: Played;
  try {
    const seeds = numberOf("seeds", values.seeds);
    live = await play("live", { ...bounds, seeds, atOnce: seedsAtOnce }, (some) => playLive(ground, some));
  } finally {
    await ground.stop();
  }
  const recordings = readRecordings();
  const seeds = numberOf("simulated", values.simulated);
  const simulated = await play("simulated", { ...bounds, seeds, atOnce: 100 }, async (some) => {
    const found: Found[] = [];
    for (const seed of some) found.push({ seed, ...(await simulate(seed, recordings)) });
    return found;
  });
  const violations = live.violations + simulated.violations + objects.differences;
  const result = { date, kubernetes: version, node: process.version, violations, objects, live, simulated };
  writeFileSync(resultFile, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${violations} violations; written: test/history/soak-result.json`);
  if (violations > 0) process.exitCode = 1;
}

/** Objects of every kind, both ways between protobuf and JSON. */
async function playObjects(
  each: number,
  seed: number,
): Promise<{ readonly objects: number; readonly differences: number }> {
  const sums = { objects: 0, differences: 0 };
  if (each === 0) return sums;
  const binary = await buildControlPlane();
  for (const [what, tried] of Object.entries({
    read: decodeObjects,
    written: encodeObjects,
    "written as users do": encodeWritten,
  })) {
    const { objects, differences } = await tried(binary, { seed, each });
    for (const difference of differences) console.error(`seed ${seed} (${what}): ${difference}`);
    console.log(`protobuf: ${objects} objects ${what}, ${differences.length} differences`);
    sums.objects += objects;
    sums.differences += differences.length;
  }
  return sums;
}

/** Plays seeds until there are enough, or the time is up. */
async function play(
  what: string,
  { seeds, from, minutes, atOnce }: Bounds,
  some: (seeds: readonly number[]) => Promise<readonly Found[]>,
): Promise<Played> {
  const began = performance.now();
  const passed = (): number => (performance.now() - began) / 60_000;
  const sums = { seeds: 0, inProtobuf: 0, violations: 0, deliveries: 0 };
  while (sums.seeds < seeds && passed() < minutes) {
    const count = Math.min(atOnce, seeds - sums.seeds);
    for (const found of await some(Array.from({ length: count }, (_, i) => from + sums.seeds + i))) {
      sums.violations += found.violations.length;
      sums.deliveries += found.deliveries;
      if (found.inProtobuf > 0) sums.inProtobuf += 1;
      if (found.violations.length > 0) console.error(`SEED=${found.seed} (${what}): ${found.violations.join("\n  ")}`);
    }
    sums.seeds += count;
    console.log(
      `${what}: ${sums.seeds} of ${seeds} seeds, ${passed().toFixed(1)} minutes, ${sums.violations} violations`,
    );
  }
  return { ...sums, from, minutes: Math.round(passed() * 10) / 10 };
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new Error(`--${option} must be a number, not ${text}\n${help}`);
  return value;
}

await main();
