// Many more pages than a run of the tests has: npm run soak -- pages
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { playLoad } from "./play-load.ts";

const help = `Opens pages with six watches each at a proxy, one of a hundred slow, changes what they watch, then kills the proxy and starts another; writes
test/proxy/load/soak-result.json.

  --pages N       so many pages (default 1000)
  --minutes M     for so many minutes (default 10)
  --changes N     so many changes a second, each told to every page (default 10)
`;

/** How much more memory the proxy may take than with all pages there and nothing changing, in MB. */
const mostMore = 400;

const { values } = parseArgs({
  options: {
    pages: { type: "string", default: "1000" },
    minutes: { type: "string", default: "10" },
    changes: { type: "string", default: "10" },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) console.log(help);
else await main();

async function main(): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, load before ${loadavg()[0]?.toFixed(1)}`;
  const minutes = numberOf("minutes", values.minutes);
  const load = await playLoad({
    pages: numberOf("pages", values.pages),
    seconds: minutes * 60,
    changesPerSecond: numberOf("changes", values.changes),
  });
  const { wrong, lost, watches, memory } = load;
  for (const problem of wrong) console.error(problem);
  const others = Math.abs(watches.first - 6) + Math.abs(watches.again - 6);
  const violations = wrong.length + lost + others + (memory.most > memory.before + mostMore ? 1 : 0);
  const result = { date, node: process.version, machine, minutes, violations, ...load };
  writeFileSync(new URL("soak-result.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${JSON.stringify(load)}\n${violations} violations; written: test/proxy/load/soak-result.json`);
  if (violations > 0) process.exitCode = 1;
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${option} must be a number above 0, not ${text}\n${help}`);
  return value;
}
