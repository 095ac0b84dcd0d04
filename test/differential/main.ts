import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { ControlPlaneInfo } from "../controlplane/info.ts";
import { startControlPlane } from "../controlplane/start.ts";
import { cells } from "./cells.ts";
import { compare } from "./compare.ts";
import { differing } from "./differing.ts";
import { ourServer } from "./our-server.ts";
import { realServer } from "./real-server.ts";

// Compares cells and shows what differs: main.ts [--cells TEXT,…] [--seeds 6] [--show 3] [--server INFO.json]
const { values } = parseArgs({
  options: {
    /** Cells whose names contain one of these. */
    cells: { type: "string", default: "" },
    seeds: { type: "string", default: "6" },
    /** How many differences of each cell are shown. */
    show: { type: "string", default: "3" },
    /** What a running control plane said of itself (startControlPlane().info() as JSON), to be used instead of a new one. */
    server: { type: "string" },
  },
});

const started = values.server === undefined ? await startControlPlane({ apiOnly: true }) : undefined;
const info = started ?? (JSON.parse(readFileSync(values.server!, "utf8")) as ControlPlaneInfo);
const real = realServer({ server: info.server, ca: readFileSync(info.caFile, "utf8"), token: info.admin.token });
const ours = ourServer();
const run = Date.now().toString(36);
const wanted = values.cells.split(",");
let total = 0;
let same = 0;
for (const [name, sequence] of Object.entries(cells)) {
  if (!wanted.some((text) => name.includes(text))) continue;
  const compared = [];
  for (let seed = 1; seed <= Number(values.seeds); seed++)
    compared.push(...(await compare(name, sequence, seed, { real, ours, run })).map((one) => ({ ...one, seed })));
  const equal = compared.filter((one) => one.equal).length;
  const failures = compared.filter(({ expected }) => ((expected?.answer ?? {}) as { status?: number }).status! >= 400);
  total += compared.length;
  same += equal;
  console.log(`${name}: ${equal} of ${compared.length} answers are equal, ${failures.length} are refusals`);
  for (const one of compared.filter((each) => !each.equal).slice(0, Number(values.show))) {
    console.log(`  seed ${one.seed} sent  ${JSON.stringify(one.expected?.request ?? one.found?.request)}`);
    for (const { at, expected, found } of differing(one.expected?.answer, one.found?.answer)) {
      console.log(`    ${at}`);
      console.log(`      real ${JSON.stringify(expected)}`);
      console.log(`      ours ${JSON.stringify(found)}`);
    }
  }
}
console.log(`${same} of ${total} (${((100 * same) / total).toFixed(2)} %)`);
real.close();
await started?.stop();
