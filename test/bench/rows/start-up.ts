import { contestantsOf, type Bench, type Name } from "../bench.ts";
import { runOnce, runWith, type Contestant } from "../contestants.ts";
import { megabytes, milliseconds, times, type Row } from "../row.ts";
import { interleave, median } from "../statistics.ts";

interface Cost {
  readonly wall: number;
  readonly cpu: number;
  /** Growth of the resident set, in bytes. */
  readonly rss: number;
}

const megabyte = 1024 * 1024;

/** What importing costs, and what a program costs that imports, connects and gets one object; each in fresh processes. */
export async function startUpRows(bench: Bench): Promise<readonly Row[]> {
  const rounds = bench.quick ? 3 : 15;
  const all = contestantsOf(bench.installed);

  bench.say("import");
  const load = (contestant: Contestant, modules: string) => () => runOnce<Cost>(contestant, "import.mjs", [modules]);
  const imports = await summarized(rounds, {
    ours: load(all.kubewright, "kubewright,kubewright/core/v1"),
    clientNode: load(all["client-node"], "@kubernetes/client-node"),
    floor: load(all["node:https"], "node:https,node:http2"),
  });

  bench.say("import, connect and first GET");
  const first = (name: Name) => () => runWith<Cost>(all[name], bench.server, "first-get.mjs");
  const gets = await summarized(rounds, {
    ours: first("kubewright"),
    clientNode: first("client-node"),
    floor: first("node:https"),
  });

  const cpuRatio = gets.ours.cpu / gets.clientNode.cpu;
  const rssRatio = gets.ours.rss / gets.clientNode.rss;
  return [
    {
      what: "import",
      ...texts(imports),
      aim: "≤ 40 ms, +10 MB",
      measured: `${milliseconds(imports.ours.wall)}, +${megabytes(imports.ours.rss)}`,
      reached: imports.ours.wall <= 40 && imports.ours.rss <= 10 * megabyte,
      detail: imports,
    },
    {
      what: "import, connect and first GET",
      ...texts(gets),
      aim: "≤ 0.5 × client-node in CPU and RSS",
      measured: `${times(cpuRatio)} CPU, ${times(rssRatio)} RSS`,
      reached: cpuRatio <= 0.5 && rssRatio <= 0.5,
      detail: gets,
    },
  ];
}

type Three<T> = Record<"ours" | "clientNode" | "floor", T>;

async function summarized(rounds: number, measurements: Three<() => Promise<Cost>>): Promise<Three<Cost>> {
  const results = (await interleave(rounds, measurements)) as Three<Cost[]>;
  const summary = (costs: readonly Cost[]): Cost => ({
    wall: median(costs.map(({ wall }) => wall)),
    cpu: median(costs.map(({ cpu }) => cpu)),
    rss: median(costs.map(({ rss }) => rss)),
  });
  return { ours: summary(results.ours), clientNode: summary(results.clientNode), floor: summary(results.floor) };
}

function texts(costs: Three<Cost>): Three<string> {
  const text = ({ wall, cpu, rss }: Cost): string =>
    `${milliseconds(wall)} (${milliseconds(cpu)} CPU), +${megabytes(rss)}`;
  return { ours: text(costs.ours), clientNode: text(costs.clientNode), floor: text(costs.floor) };
}
