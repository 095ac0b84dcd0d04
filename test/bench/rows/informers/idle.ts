import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "../../bench.ts";
import { namespaces } from "../../fleet/size.ts";
import { megabytes, milliseconds, times, type Row } from "../../row.ts";
import type { Contenders } from "./contenders.ts";
import type { TaskProcess } from "../../task-process.ts";

const names = [
  "kubewright in protobuf",
  "kubewright on http/1.1 in protobuf",
  "client-node",
  "node:http2",
  "client-go in json",
] as const;
type Name = (typeof names)[number];

interface Used {
  readonly cpu: number;
  readonly rss: number;
}

interface Idle {
  /** Milliseconds of CPU time in a minute. */
  readonly cpu: number;
  /** Bytes above what the process had before the first informer. */
  readonly rss: number;
  readonly sockets: number;
  /** How many of them were opened within the minute. */
  readonly renewed: number;
}

const aims = { cpu: 0.25, rss: 0.5, sockets: 3 };
const minute = 60_000;

/** An informer in each of 200 namespaces, of ConfigMaps, that nobody changes: all contestants at the same time. */
export async function idleRow({ say, quick }: Bench, contenders: Contenders): Promise<Row> {
  await using stack = new AsyncDisposableStack();
  const processes: [Name, TaskProcess, number][] = [];
  say(`${namespaces.length} idle informers`);
  for (const name of names) {
    const process = stack.use(await contenders[name]());
    const { rss } = await process.ask<Used>("open", { namespaces });
    processes.push([name, process, rss]);
  }
  await wait(quick ? 1000 : 10_000); // what was compiled, and what was garbage
  const before = await look(processes);
  await wait(quick ? 5000 : minute);
  const after = await look(processes);
  const idle = Object.fromEntries(
    processes.map(([name, , rss], i): [Name, Idle] => [
      name,
      {
        cpu: Math.round((after[i]!.cpu - before[i]!.cpu) * 10) / 10,
        rss: after[i]!.rss - rss,
        sockets: after[i]!.sockets.length,
        renewed: after[i]!.sockets.filter((inode) => !before[i]!.sockets.includes(inode)).length,
      },
    ]),
  ) as Record<Name, Idle>;
  return row(idle, quick ? "five seconds" : "a minute");
}

function look(processes: readonly [Name, TaskProcess, number][]): Promise<(Used & { sockets: string[] })[]> {
  return Promise.all(
    processes.map(async ([, process]) => ({ ...(await process.ask<Used>("used")), sockets: sockets(process.pid) })),
  );
}

/** The inodes of a process's TCP connections. */
function sockets(pid: number): string[] {
  const connected = new Set(
    readFileSync(`/proc/${pid}/net/tcp`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === "01")
      .map((fields) => fields[9]!),
  );
  return readdirSync(`/proc/${pid}/fd`)
    .map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1])
    .filter((inode): inode is string => inode !== undefined && connected.has(inode));
}

function row(idle: Record<Name, Idle>, time: string): Row {
  const text = (name: Name, protocol: string): string => {
    const { cpu, rss, sockets: open, renewed } = idle[name];
    const again = renewed === 0 ? "" : `, ${renewed} of them new`;
    return `${milliseconds(cpu)} CPU, +${megabytes(rss)}, ${open} sockets${again} (${protocol})`;
  };
  const { "kubewright in protobuf": ours, "client-node": clientNode } = idle;
  const cpu = ours.cpu / clientNode.cpu;
  const rss = ours.rss / clientNode.rss;
  return {
    what: `${namespaces.length} informers idle for ${time}`,
    clientNode: text("client-node", "http/1.1"),
    floor: `${text("node:http2", "h2")}. client-go: ${text("client-go in json", "h2")}`,
    ours: `${text("kubewright in protobuf", "h2")}; ${text("kubewright on http/1.1 in protobuf", "http/1.1")}`,
    aim: `≤ ${aims.sockets} sockets on h2, CPU ≤ ${aims.cpu} × and RSS ≤ ${aims.rss} × client-node`,
    measured: `${ours.sockets} sockets, CPU ${times(cpu)}, RSS ${times(rss)}`,
    reached: ours.sockets <= aims.sockets && cpu <= aims.cpu && rss <= aims.rss,
    detail: idle,
  };
}
