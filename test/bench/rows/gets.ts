import { contestantsOf, floors, protocols, type Bench, type Name } from "../bench.ts";
import { startRunner, type Round, type Runner } from "../contestants.ts";
import { times, type Row } from "../row.ts";
import { interleave, median } from "../statistics.ts";

interface Speed {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
  /** GETs per second, round by round. */
  readonly rounds: readonly number[];
}

const mostCpu = 1.1;

/** Small GETs, one after another and 32 at once, over connections that are open already. */
export async function getRows(bench: Bench): Promise<readonly Row[]> {
  const runners = new Map<Name, Runner>();
  try {
    for (const [name, contestant] of Object.entries(contestantsOf(bench.installed))) {
      runners.set(name as Name, await startRunner(contestant, bench.server));
    }
    bench.say("small GETs, one after another");
    const sequential = await measure(runners, 1, bench.quick);
    bench.say("small GETs, 32 at once");
    const parallel = await measure(runners, 32, bench.quick);
    return [row("small GETs, one after another", sequential, 1), row("small GETs, 32 at once", parallel, 0.95)];
  } finally {
    for (const runner of runners.values()) await runner.end();
  }
}

async function measure(
  runners: ReadonlyMap<Name, Runner>,
  parallel: number,
  quick: boolean,
): Promise<Record<Name, Speed>> {
  // Short rounds, many of them: whatever else the machine does falls on all alike.
  const milliseconds = 300;
  const rounds = Object.fromEntries(
    [...runners].map(([name, runner]) => [name, () => runner.round(milliseconds, parallel)]),
  );
  // The first rounds compile and connect.
  await interleave(quick ? 1 : 4, rounds);
  const results = await interleave<Round>(quick ? 2 : 21, rounds);
  return Object.fromEntries(
    Object.entries(results).map(([name, all]): [string, Speed] => [
      name,
      {
        perSecond: median(all.map(perSecond)),
        cpuMicroseconds: median(all.map(({ count, cpu }) => (cpu / count) * 1000)),
        rounds: all.map(perSecond).map(Math.round),
      },
    ]),
  ) as Record<Name, Speed>;
}

function perSecond({ count, wall }: Round): number {
  return (count / wall) * 1000;
}

/** The middle of the ratios round by round: whatever slowed a round down slowed both. */
function ratio(ours: Speed, other: Speed): number {
  return median(ours.rounds.map((rate, i) => rate / other.rounds[i]!));
}

/** Each protocol is compared with what Node can do on the same protocol; the other only informs. */
function row(what: string, speeds: Record<Name, Speed>, aim: number): Row {
  const text = (name: Name): string =>
    `${Math.round(speeds[name].perSecond)}/s, ${Math.round(speeds[name].cpuMicroseconds)} µs CPU (${protocols[name]})`;
  const floorOf = (name: Name): Name =>
    floors
      .filter((floor) => protocols[floor] === protocols[name])
      .toSorted((a, b) => speeds[b].perSecond - speeds[a].perSecond)[0]!;
  const alike = (["kubewright", "kubewright on http/1.1"] as const).map((name) => {
    const floor = floorOf(name);
    const rate = ratio(speeds[name], speeds[floor]);
    const cpu = speeds[name].cpuMicroseconds / speeds[floor].cpuMicroseconds;
    return {
      floor: `${floor}: ${text(floor)}`,
      measured: `${protocols[name]}: ${times(rate)}, CPU ${times(cpu)}`,
      reached: rate >= aim && cpu <= mostCpu,
    };
  });
  return {
    what,
    clientNode: text("client-node"),
    floor: alike.map(({ floor }) => floor).join("; "),
    ours: `${text("kubewright")}; ${text("kubewright on http/1.1")}`,
    aim: `≥ ${aim} × the floor of the same protocol, CPU ≤ ${mostCpu} ×`,
    measured: alike.map(({ measured }) => measured).join("; "),
    reached: alike.every(({ reached }) => reached),
    detail: speeds,
  };
}
