// More and larger seeds of followed logs than the tests have: npm run soak -- logs
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { passSignals } from "../../tools/lib/run.ts";
import { type LoadFound, playLogs, startLogsGround } from "./logs-load.ts";

const help = `Plays seeds of pods that write 200,000 lines each while connections are cut, API servers go, containers restart, pods are replaced and the
node rotates their logs, holds what logs() gave against what the containers wrote, and writes test/streams/logs-soak-result.json after each.

  --seeds N     so many (default 20), two at a time, of some minutes each
  --from N      the first of them (default 1); where the file tells of those before it, of the same size, they are counted with the new ones
  --minutes N   begins no seed after so long (default 60)
  --pods N      of each seed, with two containers each (default 40)
  --lines N     of each container (default 2500)

A seed that fails is printed: SEED=n pnpm exec vitest run --project streams test/streams/logs-load.test.ts plays a smaller form of it.
`;

/** So many seeds are played at a time: most of the time one waits for a container that the node begins anew. A node takes 110 pods. */
const abreast = 2;

/** What the file holds: sums over all seeds. */
interface Result {
  readonly date: string;
  readonly kubernetes: string;
  readonly node: string;
  readonly seeds: number;
  readonly from: number;
  readonly pods: number;
  readonly linesOfEachContainer: number;
  readonly violations: number;
  readonly written: number;
  readonly read: number;
  readonly missingWithinGaps: number;
  readonly removedBeforeTheFirstRead: number;
  readonly gaps: number;
  readonly failedReads: number;
  readonly restarts: number;
  readonly minutes: number;
}

const none = {
  date: "",
  kubernetes: "",
  node: "",
  seeds: 0,
  violations: 0,
  written: 0,
  read: 0,
  missingWithinGaps: 0,
  removedBeforeTheFirstRead: 0,
  gaps: 0,
  failedReads: 0,
  restarts: 0,
  minutes: 0,
};

function added(sums: Result, one: LoadFound): Result {
  return {
    ...sums,
    seeds: sums.seeds + 1,
    violations: sums.violations + one.problems.length,
    written: sums.written + one.written,
    read: sums.read + one.read,
    missingWithinGaps: sums.missingWithinGaps + one.missing,
    removedBeforeTheFirstRead: sums.removedBeforeTheFirstRead + one.before,
    gaps: sums.gaps + one.gaps,
    failedReads: sums.failedReads + one.failed,
    restarts: sums.restarts + one.restarted,
  };
}

const resultFile = new URL("logs-soak-result.json", import.meta.url);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "20" },
      from: { type: "string", default: "1" },
      minutes: { type: "string", default: "60" },
      pods: { type: "string", default: "40" },
      lines: { type: "string", default: "2500" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const [seeds = 0, from = 0, minutes = 0, pods = 0, lines = 0] = [
    values.seeds,
    values.from,
    values.minutes,
    values.pods,
    values.lines,
  ].map(Number);
  if (!(seeds > 0 && from >= 0 && minutes > 0 && pods > 0 && lines > 0))
    throw new Error(`they must be numbers above 0\n${help}`);
  const before = JSON.parse(readFileSync(resultFile, "utf8")) as Result;
  const goesOn = before.from + before.seeds === from && before.pods === pods && before.linesOfEachContainer === lines;
  let result: Result = goesOn ? before : { ...none, from, pods, linesOfEachContainer: lines };
  const began = performance.now();
  const passed = (): number => (performance.now() - began) / 60_000;
  const ground = await startLogsGround();
  try {
    for (let seed = from; seed < from + seeds && passed() < minutes; seed += abreast) {
      const these = Array.from({ length: Math.min(abreast, from + seeds - seed) }, (_, index) => seed + index);
      const found = await playLogs(ground, these, { pods, lines, seconds: 60, restarts: 2 });
      for (const one of found) {
        for (const problem of one.problems) console.error(`seed ${one.seed}: ${problem}`);
        result = added(result, one);
        console.log(`logs: ${result.seeds} seeds, ${JSON.stringify({ ...one, problems: one.problems.length })}`);
      }
      result = {
        ...result,
        date: new Date().toISOString().slice(0, 10),
        kubernetes: ground.plane.version,
        node: process.version,
        minutes: Math.round(((goesOn ? before.minutes : 0) + passed()) * 10) / 10,
      };
      writeFileSync(resultFile, `${JSON.stringify(result, null, 2)}\n`);
    }
  } finally {
    await ground.stop();
  }
  console.log(`${result.violations} violations; written: test/streams/logs-soak-result.json`);
  if (result.violations > 0) process.exitCode = 1;
}

passSignals();
await main();
