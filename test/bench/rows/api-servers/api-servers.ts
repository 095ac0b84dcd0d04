import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import type { Bench } from "../../bench.ts";
import { runOnce, start, type Round } from "../../contestants.ts";
import { megabytes, microseconds, milliseconds, times, type ServerComparison } from "../../row.ts";
import { interleave, median } from "../../statistics.ts";
import { usageOf, type Usage } from "./real-usage.ts";

/** A server that is measured: how to reach it, and what it has used. */
interface Measured {
  /** `""`: in the process of whoever asks. */
  readonly kubeconfig: string;
  used(): Promise<Usage>;
}

/** The embedded API server beside the real one: over sockets from another process, and in the process of its client. */
export async function compareApiServers(bench: Bench): Promise<void> {
  const folder = { folder: bench.installed.testing, module: "" };
  const rounds = bench.quick ? 2 : 7;
  bench.compareServers(await coldStart(bench, rounds));

  const child = start(folder, "api-server.mjs", [], ["--expose-gc"]);
  const { kubeconfig } = (await message(child)) as { readonly kubeconfig: string };
  const embedded: Measured = {
    kubeconfig,
    used: () => {
      child.send({ kind: "used" });
      return message(child) as Promise<Usage>;
    },
  };
  const pids = ["kube-apiserver", "etcd"].map((name) => bench.controlPlane.processes[name as "etcd"]!);
  const real: Measured = {
    kubeconfig: readFileSync(bench.server.kubeconfig, "utf8"),
    used: () => Promise.resolve(usageOf(pids)),
  };
  const load =
    (server: Measured, ...task: readonly (string | number)[]) =>
    async (): Promise<Load> => {
      const before = await server.used();
      const round = await runOnce<Round>(folder, "api-server-load.mjs", [server.kubeconfig, ...task.map(String)]);
      const after = await server.used();
      // In the client's process, nothing tells the two apart.
      const cpu = server.kubeconfig === "" ? round.cpu : after.cpu - before.cpu;
      return { perSecond: (round.count / round.wall) * 1000, cpu: (cpu / round.count) * 1000 };
    };
  const injected: Measured = { kubeconfig: "", used: () => Promise.resolve({ cpu: 0, rss: 0 }) };

  const tasks: readonly (readonly [what: string, ...task: (string | number)[]])[] = [
    ["small GETs, 32 at once", "gets", bench.quick ? 500 : 2000, 32],
    ["creating small objects, 32 at once", "creates", bench.quick ? 500 : 2000, 32],
    ["events to 1,000 watchers", "watchers", 1000, bench.quick ? 5 : 50],
  ];
  for (const [what, ...task] of tasks) {
    bench.say(`API servers: ${what}`);
    const results = await interleave(rounds, {
      injected: load(injected, ...task),
      embedded: load(embedded, ...task),
      real: load(real, ...task),
    });
    const middle = (name: "injected" | "embedded" | "real"): Load => ({
      perSecond: median(results[name]!.map(({ perSecond }) => perSecond)),
      cpu: median(results[name]!.map(({ cpu }) => cpu)),
    });
    const text = ({ perSecond, cpu }: Load, whose = ""): string =>
      `${Math.round(perSecond)}/s${cpu === 0 ? "" : `, ${microseconds(cpu)} CPU each${whose}`}`;
    bench.compareServers({
      what,
      injected: text(middle("injected"), " with its client"),
      embedded: text(middle("embedded")),
      real: text(middle("real"), " with etcd"),
      ratio: `${times(middle("embedded").perSecond / middle("real").perSecond)}, CPU ${times(middle("embedded").cpu / middle("real").cpu)}`,
    });
  }
  bench.compareServers(await memory(bench, embedded, real));
  const exit = once(child, "exit");
  child.send({ kind: "end" });
  await exit;
}

/** Requests or events a second, and the server's CPU time for each in microseconds. */
interface Load {
  readonly perSecond: number;
  readonly cpu: number;
}

async function coldStart(bench: Bench, rounds: number): Promise<ServerComparison> {
  bench.say("API servers: cold start");
  const folder = { folder: bench.installed.testing, module: "" };
  interface Start {
    readonly load: number;
    readonly listen: number;
    readonly cpu: number;
  }
  const starts: Start[] = [];
  for (let i = 0; i < rounds * 2; i++) {
    const child = start(folder, "api-server.mjs", []);
    const { start: one } = (await message(child)) as { readonly start: Start };
    starts.push(one);
    const exit = once(child, "exit");
    child.send({ kind: "end" });
    await exit;
  }
  const middle = (of: (one: Start) => number): number => median(starts.map(of));
  const all = middle(({ load, listen }) => load + listen);
  const { ms } = bench.realStart;
  return {
    what: "cold start, until it answers over TLS",
    injected: "–",
    embedded: `${milliseconds(all)} (import ${milliseconds(middle(({ load }) => load))}, start ${milliseconds(middle(({ listen }) => listen))}), ${milliseconds(middle(({ cpu }) => cpu))} CPU`,
    real: `${milliseconds(ms)} with etcd`,
    ratio: times(all / ms),
  };
}

/** How much 10,000 pods take. */
async function memory(bench: Bench, embedded: Measured, real: Measured): Promise<ServerComparison> {
  bench.say("API servers: memory of 10,000 pods");
  const count = bench.quick ? 1000 : 10_000;
  const folder = { folder: bench.installed.testing, module: "" };
  const grown = async (server: Measured, fill: () => Promise<unknown>): Promise<number> => {
    const before = await server.used();
    await fill();
    return (await server.used()).rss - before.rss;
  };
  const ours = await grown(embedded, () =>
    runOnce(folder, "api-server-load.mjs", [embedded.kubeconfig, "pods", String(count)]),
  );
  const theirs = await grown(real, () => bench.fleet());
  return {
    what: `resident memory that ${count.toLocaleString("en")} pods of two containers add`,
    injected: "–",
    embedded: megabytes(ours),
    real: `${megabytes(theirs)} with etcd, of 10,000`,
    ratio: times(ours / theirs),
  };
}

async function message(child: ChildProcess): Promise<unknown> {
  const [sent] = (await once(child, "message")) as [unknown];
  return sent;
}
