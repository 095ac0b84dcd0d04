import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { inRoot } from "../../tools/lib/root.ts";
import { passSignals } from "../../tools/lib/run.ts";
import { startControlPlane } from "../controlplane/start.ts";
import type { Bench } from "./bench.ts";
import { installAll } from "./install.ts";
import type { Results, Row } from "./row.ts";
import { bundleRows } from "./rows/bundles.ts";
import { compileRow } from "./rows/compile.ts";
import { connectionRow } from "./rows/connections.ts";
import { getRows } from "./rows/gets.ts";
import { informerRows } from "./rows/informers/informers.ts";
import { installRow } from "./rows/install-size.ts";
import { listRows } from "./rows/lists.ts";
import { startUpRows } from "./rows/start-up.ts";
import { yamlRow } from "./rows/yaml.ts";
import { printedRow, withTable } from "./table.ts";

const help = `Compares Kubewright, @kubernetes/client-node and what Node can do without a client, on a real API server, in one run.

  --only PART   one of: gets, lists, connections, start-up, yaml, bundles, install, compile, informers
  --quick       few rounds, to try the benchmark itself
  --json        write test/bench/results.json and the table of README.md
`;

const parts: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  gets: getRows,
  lists: listRows,
  connections: async (bench) => [await connectionRow(bench)],
  "start-up": startUpRows,
  yaml: async (bench) => [await yamlRow(bench)],
  bundles: bundleRows,
  install: (bench) => Promise.resolve([installRow(bench)]),
  compile: async (bench) => [await compileRow(bench)],
  // Last, for they fill the server.
  informers: informerRows,
};

const resultsFile = inRoot("test", "bench", "results.json");
const readme = inRoot("README.md");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const { only, quick, json } = values;
  if (only !== undefined && !(only in parts)) throw new Error(`There is no part ${only}.\n${help}`);
  if (json && (quick || only !== undefined)) throw new Error("--json wants a whole run, without --only and --quick");

  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-"));
  // Also when it is interrupted.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const installed = await installAll(folder, say);
  say("starting the API server");
  await using controlPlane = await startControlPlane({ apiOnly: true });
  const kubeconfig = controlPlane.admin.kubeconfig;
  await createSmallObject(kubeconfig);
  const bench: Bench = {
    installed,
    quick,
    say,
    etcd: join(controlPlane.dir, "etcd.sock"),
    server: {
      server: controlPlane.server,
      ca: readFileSync(controlPlane.caFile, "utf8"),
      token: controlPlane.admin.token,
      kubeconfig,
    },
  };
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue;
    for (const row of await measure(bench)) {
      rows.push(row);
      console.log(printedRow(row));
    }
  }
  const missed = rows.filter(({ reached }) => !reached);
  console.log(`\n${rows.length - missed.length} of ${rows.length} aims reached`);
  const machine = {
    node: process.version,
    kubernetes: controlPlane.version,
    cpus: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
  };
  if (json) save({ machine, rows });
}

function save(results: Results): void {
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(readme, withTable(readFileSync(readme, "utf8"), results));
  say("written: test/bench/results.json and README.md");
}

async function createSmallObject(kubeconfig: string): Promise<void> {
  const cluster = await connect({ kubeconfig });
  await cluster
    .api(CoreV1)
    .configMaps.in("default")
    .create({
      metadata: { name: "small" },
      data: { value: "x".repeat(400) },
    });
  await cluster.close();
}

function say(text: string): void {
  console.log(`… ${text}`);
}

passSignals();
await main();
