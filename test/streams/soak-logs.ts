// More and larger seeds of followed logs than the tests have: npm run soak -- logs
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { passSignals } from "../../tools/lib/run.ts";
import { type LoadFound, playLogs, startLogsGround } from "./logs-load.ts";

const help = `Plays seeds of pods that write 200,000 lines each while connections are cut, API servers go, containers restart, pods are replaced and the
node rotates their logs, holds what logs() gave against what the containers wrote, and writes test/streams/logs-soak-result.json after each.

  --seeds N     so many (default 20), of some minutes each
  --from N      the first of them (default 1)
  --minutes N   begins no seed after so long (default 60)
  --pods N      of each seed, with two containers each (default 40)
  --lines N     of each container (default 2500)

A seed that fails is printed: SEED=n pnpm exec vitest run --project streams test/streams/logs-load.test.ts plays a smaller form of it.
`;

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
  const began = performance.now();
  const passed = (): number => (performance.now() - began) / 60_000;
  const ground = await startLogsGround();
  const found: LoadFound[] = [];
  const sum = (of: (one: LoadFound) => number): number => found.reduce((total, one) => total + of(one), 0);
  const violations = (): number => sum(({ problems }) => problems.length);
  try {
    for (let seed = from; seed < from + seeds && passed() < minutes; seed++) {
      found.push(...(await playLogs(ground, [seed], { pods, lines, seconds: 60, restarts: 2 })));
      const one = found.at(-1) as LoadFound;
      for (const problem of one.problems) console.error(`seed ${seed}: ${problem}`);
      console.log(
        `logs: ${found.length} of ${seeds} seeds, ${JSON.stringify({ ...one, problems: one.problems.length })}`,
      );
      const result = {
        date: new Date().toISOString().slice(0, 10),
        kubernetes: ground.plane.version,
        node: process.version,
        seeds: found.length,
        from,
        pods,
        linesOfEachContainer: lines,
        violations: violations(),
        written: sum(({ written }) => written),
        read: sum(({ read }) => read),
        missingWithinGaps: sum(({ missing }) => missing),
        removedBeforeTheFirstRead: sum(({ before }) => before),
        gaps: sum(({ gaps }) => gaps),
        failedReads: sum(({ failed }) => failed),
        restarts: sum(({ restarted }) => restarted),
        minutes: Math.round(passed() * 10) / 10,
      };
      writeFileSync(resultFile, `${JSON.stringify(result, null, 2)}\n`);
    }
  } finally {
    await ground.stop();
  }
  console.log(`${violations()} violations; written: test/streams/logs-soak-result.json`);
  if (violations() > 0) process.exitCode = 1;
}

passSignals();
await main();
