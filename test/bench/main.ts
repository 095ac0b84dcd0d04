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
import type { Comparison, Results, Row, ServerComparison } from "./row.ts";
import { buildClientGo } from "./client-go.ts";
import { createFleet } from "./fleet/create.ts";
import { size } from "./fleet/size.ts";
import { compareApiServers } from "./rows/api-servers/api-servers.ts";
import { bundleRows } from "./rows/bundles.ts";
import { compileRow } from "./rows/compile.ts";
import { connectionRow } from "./rows/connections.ts";
import { encodingRows } from "./rows/encodings.ts";
import { getRows } from "./rows/gets.ts";
import { informerRows } from "./rows/informers/informers.ts";
import { installRow } from "./rows/install-size.ts";
import { listRows } from "./rows/lists/lists.ts";
import { pagesRow } from "./rows/pages/pages.ts";
import { podStreamRows } from "./rows/pod-streams/pod-streams.ts";
import { startUpRows } from "./rows/start-up.ts";
import { yamlRow } from "./rows/yaml.ts";
import { pages, printedRow, withTable } from "./table.ts";

const help = `Compares Kubewright, @kubernetes/client-node and what Node can do without a client, on a real API server, in one run.

  --only PART   one of: gets, connections, start-up, yaml, sizes, compile, api-servers, pod-streams, lists, encodings,
                informers, pages
  --quick       few rounds, to try the benchmark itself
  --json        write test/bench/results.json and the tables of README.md, docs/encodings.md, docs/testing.md,
                docs/toolchains.md, docs/pod-streams.md and docs/proxy.md;
                of one part only sizes, api-servers, pod-streams or pages, whose tables stand by themselves
`;

const parts: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  gets: getRows,
  connections: async (bench) => [await connectionRow(bench)],
  "start-up": startUpRows,
  yaml: async (bench) => [await yamlRow(bench)],
  sizes: async (bench) => [...(await bundleRows(bench)), installRow(bench)],
  compile: async (bench) => [await compileRow(bench)],
  "api-servers": async (bench) => {
    await compareApiServers(bench);
    return [];
  },
  "pod-streams": podStreamRows,
  // Last, for they fill the server.
  lists: listRows,
  encodings: encodingRows,
  informers: informerRows,
  pages: async (bench) => [await pagesRow(bench)],
};

/** Those that can be measured anew without the others, and what of the results they are. */
const alone = { sizes: "sizes", "api-servers": "servers", "pod-streams": "podStreams", pages: "pages" } as const;

const resultsFile = inRoot("test", "bench", "results.json");

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
  if (json && (quick || (only !== undefined && !(only in alone))))
    throw new Error(
      `--json wants a whole run, without --quick, and with no other --only than ${Object.keys(alone).join(" or ")}`,
    );

  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-"));
  // Also when it is interrupted.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const installed = await installAll(folder, say);
  say("starting the API server");
  const begun = performance.now();
  await using controlPlane = await startControlPlane({ apiOnly: true });
  const realStart = { ms: performance.now() - begun };
  const kubeconfig = controlPlane.admin.kubeconfig;
  await createSmallObject(kubeconfig);
  const comparisons: Comparison[] = [];
  const servers: ServerComparison[] = [];
  const etcd = join(controlPlane.dir, "etcd.sock");
  const bench: Bench = {
    installed,
    quick,
    say,
    etcd,
    compare: (comparison) => void comparisons.push(comparison),
    compareServers: (comparison) => void servers.push(comparison),
    controlPlane,
    realStart,
    clientGo: once(() => {
      say("building the program on client-go");
      return buildClientGo(folder);
    }),
    fleet: once(() => {
      say(`creating ${size.pods} pods`);
      return createFleet(kubeconfig, etcd);
    }),
    server: {
      server: controlPlane.server,
      ca: readFileSync(controlPlane.caFile, "utf8"),
      token: controlPlane.admin.token,
      kubeconfig,
    },
  };
  const rows: Row[] = [];
  /** Those with tables of their own. */
  const own: Readonly<Record<string, Row[]>> = { sizes: [], "pod-streams": [], pages: [] };
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue;
    for (const row of await measure(bench)) {
      (own[name] ?? rows).push(row);
      console.log(printedRow(row));
    }
  }
  for (const { what, json: first, protobuf, ratio } of comparisons) {
    console.log(`${what}\n    JSON      ${first}\n    protobuf  ${protobuf}\n    ${ratio}`);
  }
  for (const { what, injected, embedded, real, ratio } of servers) {
    console.log(`${what}\n    injected  ${injected}\n    embedded  ${embedded}\n    real      ${real}\n    ${ratio}`);
  }
  const all = [...rows, ...Object.values(own).flat()];
  console.log(`\n${all.filter(({ reached }) => reached).length} of ${all.length} aims reached`);
  const machine = {
    node: process.version,
    kubernetes: controlPlane.version,
    cpus: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
  };
  if (!json) return;
  const [sizes, podStreams, pagesOfProxy] = [own["sizes"]!, own["pod-streams"]!, own["pages"]!];
  const measured = { machine, rows, sizes, comparisons, servers, podStreams, pages: pagesOfProxy };
  const one = alone[only as keyof typeof alone];
  save(one === undefined ? measured : { ...saved(), [one]: measured[one] });
}

function saved(): Results {
  return JSON.parse(readFileSync(resultsFile, "utf8")) as Results;
}

function save(results: Results): void {
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  for (const [page, table] of Object.entries(pages)) {
    const file = inRoot(page);
    writeFileSync(file, withTable(readFileSync(file, "utf8"), results, table(results)));
  }
  say(`written: test/bench/results.json, ${Object.keys(pages).join(", ")}`);
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

/** The same promise for everyone who asks. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function say(text: string): void {
  console.log(`… ${text}`);
}

passSignals();
await main();
