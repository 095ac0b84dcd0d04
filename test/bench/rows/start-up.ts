import { contestantsOf, protocols, type Bench, type Name } from "../bench.ts";
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
  const names = { ours: "kubewright", clientNode: "client-node", floor: "node:https" } as const satisfies Three<Name>;
  const gets = await summarized(rounds, {
    ours: first(names.ours),
    clientNode: first(names.clientNode),
    floor: first(names.floor),
  });

  const cpuRatio = gets.ours.cpu / gets.clientNode.cpu;
  const rssRatio = gets.ours.rss / gets.clientNode.rss;
  return [
    {
      what: "import",
      ...texts(imports),
      aim: "≤ 20 ms, +8 MB",
      measured: `${milliseconds(imports.ours.wall)}, +${megabytes(imports.ours.rss)}`,
      reached: imports.ours.wall <= 20 && imports.ours.rss <= 8 * megabyte,
      detail: imports,
    },
    {
      what: "import, connect and first GET",
      ...texts(gets, (who) => ` (${protocols[names[who]]})`),
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

function texts(costs: Three<Cost>, label: (who: keyof Three<Cost>) => string = () => ""): Three<string> {
  const text = (who: keyof Three<Cost>): string => {
    const { wall, cpu, rss } = costs[who];
    return `${milliseconds(wall)} (${milliseconds(cpu)} CPU), +${megabytes(rss)}${label(who)}`;
  };
  return { ours: text("ours"), clientNode: text("clientNode"), floor: text("floor") };
}
