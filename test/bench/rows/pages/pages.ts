import type { Bench } from "../../bench.ts";
import { namespaces, podsUnder, size } from "../../fleet/size.ts";
import { kilobytes, megabytes, milliseconds, times, type Row } from "../../row.ts";
import { interleave, median } from "../../statistics.ts";
import { usageOf } from "../api-servers/real-usage.ts";
import { startWriter, type Writer } from "../informers/writer.ts";
import { type PagesProcess, type ProxyProcess, startKubectlProxy, startOurs, startPages } from "./processes.ts";

const pages = 50;
const namespace = namespaces[0]!;
/** Changes in one run, and how many a second. */
const steady = { changes: 1000, perSecond: 100 };
const burst = { changes: 3000, perSecond: 1000 };
const aims = { cpu: 0.7, delay: 5 };

/** What pages get through a proxy. */
interface Figures {
  /** Milliseconds of CPU time for a thousand events told to pages, beside what the changes themselves cost. */
  readonly cpu: { readonly proxy: number; readonly server: number };
  readonly delay: { readonly median: number; readonly high: number };
  /** Bytes for each event. */
  readonly bytes: number;
  /** Resident bytes of the proxy. */
  readonly rss: number;
  /** Changes a second that reach all pages, when more are made than can be told. */
  readonly most: number;
  readonly lost: number;
}

/** 50 pages that follow the pods of a namespace: through our proxy, on one watch, and through `kubectl proxy`, each on its own. */
export async function pagesRow(bench: Bench): Promise<Row> {
  await bench.fleet();
  await using writer = await startWriter(bench.etcd, `${podsUnder.slice(0, podsUnder.lastIndexOf("/"))}/${namespace}/`);
  // The server ends a watch whose reader is behind by more changes than usually come in a second. Let it see many first.
  await writer.write(bench.quick ? 10_000 : 30_000, 10_000);
  const own = await measureServer(bench, writer);
  const measure = (start: (bench: Bench) => Promise<ProxyProcess>) => async (): Promise<Figures> => {
    await using proxy = await start(bench);
    return await measureProxy(bench, proxy, writer, own); // before it is let go of
  };
  const results = await interleave(bench.quick ? 1 : 3, {
    ours: measure(startOurs),
    kubectl: measure(startKubectlProxy),
  });
  return row(middle(results["ours"]!), middle(results["kubectl"]!));
}

type Load = typeof steady;

/** What the API server takes for a change that no page is told, in milliseconds of CPU time. */
async function measureServer(bench: Bench, writer: Writer): Promise<number> {
  bench.say("changes without pages");
  await using proxy = await startKubectlProxy(bench);
  await using process = await startPages(bench, proxy, 0, namespace);
  const { used } = await tell(bench, process, proxy, writer, steady);
  return used.server / steady.changes;
}

/** Changes, told to all pages. */
async function tell(
  { controlPlane }: Bench,
  process: PagesProcess,
  proxy: ProxyProcess,
  writer: Writer,
  { changes, perSecond }: Load,
) {
  const pids = [proxy.pid, controlPlane.processes["kube-apiserver"]!];
  await process.begin();
  const before = pids.map((pid) => usageOf([pid]));
  const { last } = await writer.write(changes, perSecond);
  const told = await process.end({ last, pods: size.each });
  const after = pids.map((pid) => usageOf([pid]));
  const [ours = 0, server = 0] = after.map(({ cpu }, i) => cpu - before[i]!.cpu);
  return { ...told, used: { proxy: ours, server }, rss: after[0]!.rss };
}

async function measureProxy(bench: Bench, proxy: ProxyProcess, writer: Writer, own: number): Promise<Figures> {
  bench.say(`${pages} pages through ${proxy.shared ? "our proxy" : "kubectl proxy"}`);
  await using process = await startPages(bench, proxy, pages, namespace);
  const run = (load: Load): ReturnType<typeof tell> => tell(bench, process, proxy, writer, load);
  await run({ ...steady, changes: 300 }); // what is compiled, and what is opened
  const { used, delay, bytes, events, lost } = await run(steady);
  const most = await run(burst);
  return {
    cpu: {
      proxy: (used.proxy / events) * 1000,
      server: (Math.max(0, used.server - own * steady.changes) / events) * 1000,
    },
    delay,
    bytes: bytes / events,
    rss: most.rss,
    most: (burst.changes / most.wall) * 1000,
    lost: lost + most.lost,
  };
}

function middle(rounds: readonly Figures[]): Figures {
  const of = (figure: (one: Figures) => number): number => median(rounds.map(figure));
  return {
    cpu: { proxy: of(({ cpu }) => cpu.proxy), server: of(({ cpu }) => cpu.server) },
    delay: { median: of(({ delay }) => delay.median), high: of(({ delay }) => delay.high) },
    bytes: of(({ bytes }) => bytes),
    rss: of(({ rss }) => rss),
    most: of(({ most }) => most),
    lost: rounds.reduce((sum, { lost }) => sum + lost, 0),
  };
}

function row(ours: Figures, kubectl: Figures): Row {
  const text = ({ cpu, delay, bytes, rss, most, lost }: Figures): string => {
    const late = `${milliseconds(delay.median)} later than straight from the API server (99 %: ${milliseconds(delay.high)})`;
    const used = `${milliseconds(cpu.proxy)} CPU for 1,000 events and ${milliseconds(cpu.server)} more in the API server`;
    const reach =
      lost === 0
        ? `${Math.round(most)} changes/s reach all`
        : `cut off at ${burst.perSecond} changes/s, ${lost} final states never came`;
    return `${reach}, ${late}, ${used}, ${kilobytes(bytes)} each, ${megabytes(rss)} resident`;
  };
  const all = ({ cpu }: Figures): number => cpu.proxy + cpu.server;
  const cpu = all(ours) / all(kubectl);
  return {
    what: `events to ${pages} pages that follow ${size.each} pods`,
    clientNode: "none",
    floor: `kubectl proxy, ${pages} watches: ${text(kubectl)}`,
    ours: `one watch: ${text(ours)}`,
    aim: `CPU with the API server's ≤ ${aims.cpu} × kubectl proxy, ≤ ${aims.delay} ms later, none lost`,
    measured: `CPU ${times(cpu)}, ${milliseconds(ours.delay.median)}, ${ours.lost} lost`,
    reached: cpu <= aims.cpu && ours.delay.median <= aims.delay && ours.lost === 0,
    detail: { ours, kubectl },
  };
}
