import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createAuthority } from "../../support/certificates.ts";
import { contestantsOf, protocols, type Bench, type Name } from "../bench.ts";
import { buildClientGo } from "../client-go.ts";
import { runWith, type ServerOptions } from "../contestants.ts";
import { kubeconfigFor } from "../kubeconfig.ts";
import { megabytes, milliseconds, times, type Row } from "../row.ts";
import { interleave, median } from "../statistics.ts";

interface Cost {
  readonly count: number;
  /** Milliseconds; `cpu` counts every thread of the process. */
  readonly wall: number;
  readonly cpu: number;
  /** The largest resident set above the one before, in bytes. */
  readonly peak: number;
  /** 99.9th percentile of the event loop's delay in milliseconds. A Go program has none. */
  readonly stall?: number;
}

type Task = "list" | "each";
type Contender = Exclude<Name, "undici"> | "client-go";

const pods = 10_000;
const aims = { floor: 1.05, clientNode: 0.6, stall: 20, list: 300, each: 120 };
const megabyte = 1024 * 1024;

/** 10,000 pods with their managedFields as one list, and in pages that are dropped; in fresh processes. */
export async function listRows(bench: Bench): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-lists-"));
  const authority = createAuthority();
  try {
    bench.say("building the program on client-go");
    const program = await buildClientGo(folder);
    const measure = async (task: Task, gzip: boolean): Promise<Row> => {
      bench.say(`${task === "list" ? "a list of" : "each of"} ${pods} pods${gzip ? ", compressed" : ""}`);
      await using server = await startServer(folder, authority, gzip);
      return row(task, gzip, server.bytes, await costs(bench, program, server, task));
    };
    return [await measure("list", false), await measure("list", true), await measure("each", true)];
  } finally {
    authority.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface ListServer extends AsyncDisposable {
  readonly options: ServerOptions;
  readonly caFile: string;
  /** The size of the whole list. */
  readonly bytes: number;
}

async function startServer(
  folder: string,
  authority: ReturnType<typeof createAuthority>,
  gzip: boolean,
): Promise<ListServer> {
  const { cert, key } = authority.issue();
  const child = fork(fileURLToPath(new URL("../list-server.ts", import.meta.url)), {
    env: { ...process.env, CERT: cert, KEY: key, PODS: String(pods), GZIP: gzip ? "1" : "0" },
  });
  const [{ port, bytes }] = (await once(child, "message")) as [{ port: number; bytes: number }];
  const options = { server: `https://127.0.0.1:${port}`, ca: authority.ca, token: "none" };
  const kubeconfig = join(folder, "kubeconfig.json");
  const caFile = join(folder, "ca.crt");
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(options)));
  writeFileSync(caFile, authority.ca);
  return {
    options: { ...options, kubeconfig },
    caFile,
    bytes,
    async [Symbol.asyncDispose]() {
      const exit = once(child, "exit");
      child.disconnect();
      await exit;
    },
  };
}

async function costs(
  { installed, quick }: Bench,
  program: string,
  { options, caFile }: ListServer,
  task: Task,
): Promise<Record<Contender, Cost>> {
  const { undici: _, ...all } = contestantsOf(installed);
  const measurements: Record<Contender, () => Promise<Cost>> = {
    ...(Object.fromEntries(
      Object.entries(all).map(([name, it]) => [name, () => runWith<Cost>(it, options, "lists.mjs", task)]),
    ) as Record<keyof typeof all, () => Promise<Cost>>),
    "client-go": async () => {
      const { stdout } = await promisify(execFile)(program, [options.server, caFile, task]);
      return JSON.parse(stdout) as Cost;
    },
  };
  const results = await interleave<Cost>(quick ? 1 : 7, measurements);
  return Object.fromEntries(
    Object.entries(results).map(([name, rounds]): [string, Cost] => {
      if (rounds.some(({ count }) => count !== pods)) throw new Error(`${name} did not read ${pods} pods`);
      const middle = (of: (cost: Cost) => number): number => Math.round(median(rounds.map(of)) * 10) / 10;
      const cost = { count: pods, wall: middle((c) => c.wall), cpu: middle((c) => c.cpu), peak: middle((c) => c.peak) };
      return [name, name === "client-go" ? cost : { ...cost, stall: middle(({ stall }) => stall ?? 0) }];
    }),
  ) as Record<Contender, Cost>;
}

function row(task: Task, gzip: boolean, bytes: number, all: Record<Contender, Cost>): Row {
  const text = (name: Contender): string => {
    const { cpu, wall, peak, stall } = all[name];
    const delay = stall === undefined ? "" : `, stall ${milliseconds(stall)}`;
    const protocol = name === "client-go" ? "h2" : protocols[name];
    return `${milliseconds(cpu)} CPU, ${milliseconds(wall)}, +${megabytes(peak)}${delay} (${protocol})`;
  };
  const ours = all.kubewright;
  const overH2 = ours.cpu / all["node:http2"].cpu;
  const overHttp1 = all["kubewright on http/1.1"].cpu / all["node:https"].cpu;
  const overClientNode = ours.cpu / all["client-node"].cpu;
  const stall = ours.stall ?? 0;
  const what = task === "list" ? `list of ${pods} pods` : `each of ${pods} pods, in pages of 500`;
  return {
    what: `${what}, ${megabytes(bytes)} of JSON${gzip ? ", compressed" : ""}`,
    clientNode: text("client-node"),
    floor: `JSON.parse: ${text("node:http2")}; ${text("node:https")}. client-go: ${text("client-go")}`,
    ours: `${text("kubewright")}; ${text("kubewright on http/1.1")}`,
    aim: `CPU ≤ ${aims.floor} × the floor of the protocol and ≤ ${aims.clientNode} × client-node, stall ≤ ${aims.stall} ms, ≤ +${aims[task]} MB`,
    measured: `CPU ${times(overH2)} (h2), ${times(overHttp1)} (http/1.1), ${times(overClientNode)} client-node, stall ${milliseconds(stall)}, +${megabytes(ours.peak)}`,
    reached:
      Math.max(overH2, overHttp1) <= aims.floor &&
      overClientNode <= aims.clientNode &&
      stall <= aims.stall &&
      ours.peak <= aims[task] * megabyte,
    detail: all,
  };
}
