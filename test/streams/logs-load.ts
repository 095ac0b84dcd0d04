import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, isAlreadyExists, isNotFound, type LogEvent, type LogLine, logs } from "kubewright";
import { CoreV1, type PodResource } from "kubewright/core/v1";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { type SeededRandom, seededRandom } from "../history/seeded-random.ts";
import { eventually, succeeds } from "../support/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { judge, type LogWitness, logWitness, type WrittenLogs, writtenLogs } from "./written-logs.ts";

// Pods write lines while connections are cut, API servers go in turn, containers restart, pods are replaced and files are rotated.

/** How much is written, by each seed. */
export interface LoadSize {
  /** Each has two containers. */
  readonly pods: number;
  /** Of each container. */
  readonly lines: number;
  /** About how long it takes to write them. */
  readonly seconds: number;
  /** So often both API servers go, one after the other, while all seeds of a time are played. */
  readonly restarts: number;
}

/** What one seed came to. */
export interface LoadFound {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly written: number;
  readonly read: number;
  /** Lines that did not come, each of them within a gap. */
  readonly missing: number;
  /** Lines that the node had removed before the first of their run could be read; nobody can know of them. */
  readonly before: number;
  readonly gaps: number;
  /** Reads that failed and were made again. */
  readonly failed: number;
  readonly restarted: number;
}

export interface LogsGround {
  readonly plane: ControlPlane;
  stop(): Promise<void>;
}

/** Two API servers, and a node that rotates logs as often as a kubelet may. */
export async function startLogsGround(): Promise<LogsGround> {
  const plane = await startControlPlane({
    allApis: false,
    second: true,
    logRotation: { maxSize: "16Ki", everySeconds: 3, maxFiles: 3 },
  });
  return { plane, stop: () => plane.stop() };
}

const containers = ["a", "b"];
const runs = 3;

/** Plays the seeds at the same time. */
export async function playLogs(
  ground: LogsGround,
  seeds: readonly number[],
  size: LoadSize,
): Promise<readonly LoadFound[]> {
  const { plane } = ground;
  const written = writtenLogs(join(plane.dir, "written"));
  const proxies: FaultProxy[] = [];
  const proxied = async (): Promise<FaultProxy> => {
    const proxy = await startFaultProxy(plane.server);
    proxies.push(proxy);
    return proxy;
  };
  const done = new AbortController();
  const steady = await proxied();
  const ca = readFileSync(plane.caFile, "utf8");
  const { token } = plane.admin;
  const own = await connect({ server: steady.url, ca, token });
  try {
    const going = serversGo(plane, proxies, size, done.signal);
    const played = Promise.all(
      seeds.map(async (seed) => {
        const proxy = await proxied();
        const cluster = await connect({ server: proxy.url, ca, token });
        try {
          return await playSeed(seed, size, written, plane, proxy, own.api(CoreV1), cluster.api(CoreV1));
        } finally {
          await cluster.close();
        }
      }),
    ).finally(() => done.abort());
    const [found] = await Promise.all([played, going]);
    return found;
  } finally {
    await own.close();
    for (const proxy of proxies) await proxy.close();
  }
}

/** Both API servers go in turn, killed or told to end; proxies lead to the other one. */
async function serversGo(
  plane: ControlPlane,
  proxies: readonly FaultProxy[],
  { restarts, seconds }: LoadSize,
  done: AbortSignal,
): Promise<void> {
  const all = [
    { name: "kube-apiserver", other: plane.secondServer?.server ?? "" },
    { name: "kube-apiserver-second", other: plane.server },
  ] as const;
  for (let round = 0; round < restarts; round++) {
    await sleep((seconds * 1000) / (restarts + 1) / 2, undefined, { signal: done }).catch(() => {});
    for (const { name, other } of all) {
      if (done.aborted) return;
      for (const proxy of proxies) proxy.switchTo(other);
      await (round % 2 === 0 ? plane.kill(name) : plane.stop(name));
      await plane.start(name);
    }
  }
}

interface PlayedPod {
  readonly pod: string;
  readonly kind: "steady" | "restarting" | "replaced";
  incarnations: number;
}

async function playSeed(
  seed: number,
  size: LoadSize,
  written: WrittenLogs,
  plane: ControlPlane,
  proxy: FaultProxy,
  own: CoreV1,
  through: CoreV1,
): Promise<LoadFound> {
  const random = seededRandom(seed);
  const namespace = `logs-${seed}-${Math.floor(performance.now())}`;
  await succeeds(() => own.namespaces.create({ metadata: { name: namespace } }).catch(unlessThere));
  const pods = own.pods.in(namespace);
  await eventually(
    () =>
      own.serviceAccounts
        .in(namespace)
        .get("default")
        .catch(() => undefined),
    "pods may be made",
  );
  const all: PlayedPod[] = Array.from({ length: size.pods }, (_, index) => ({
    pod: `pod-${index}`,
    kind: random.pick(["steady", "steady", "restarting", "replaced"] as const),
    incarnations: 0,
  }));
  const make = (one: PlayedPod): Promise<void> => makePod(pods, namespace, one, size, written, plane.nodeName);
  for (const one of all) await make(one);

  const witness = logWitness(plane.dir);
  const done = new AbortController();
  const ended = new Set<string>();
  const cutting = cut(proxy, random.fork(), done.signal);
  // What goes wrong with it ends the reading.
  const replacing = Promise.all(
    all
      .filter(({ kind }) => kind === "replaced")
      .map(async (one) => {
        await sleep(random.between(1, size.seconds * 1000), undefined, { signal: done.signal }).catch(() => {});
        await succeeds(() => pods.delete(one.pod).catch(unlessGone));
        await eventually(() => pods.get(one.pod).then(() => undefined, isGone), `${one.pod} is gone`, 300_000);
        await make(one);
      }),
  ).catch((error: unknown) => done.abort(error));
  // A node lets minutes pass before it begins a container anew that ended several times.
  const late = setTimeout(() => done.abort(new Error("it took too long")), size.seconds * 3000 + 1_200_000);
  let lateProblem: string | undefined;
  try {
    for await (const line of logs(through.pods.in(namespace), {
      follow: true,
      signal: done.signal,
      maxStreams: 2 * size.pods + 10,
      onEvent: (event) => witness.event(event),
    })) {
      witness.line(line);
      if (!line.line.includes(" end")) continue;
      const one = all.find(({ pod }) => pod === line.pod);
      if (
        one === undefined ||
        (one.kind === "replaced" && one.incarnations < 2) ||
        !line.line.startsWith(`${incarnationOf(namespace, one)} `)
      )
        continue;
      ended.add(`${line.pod}/${line.container}`);
      if (ended.size === all.length * containers.length) break;
    }
  } catch (error) {
    lateProblem = `${error instanceof Error ? error.message : String(error)}; not ended:\n${unended(all, ended, witness).join("\n")}`;
  } finally {
    clearTimeout(late);
    done.abort();
  }
  await Promise.all([cutting, replacing]);
  const found = judged(seed, namespace, all, written, witness);
  await succeeds(() => own.namespaces.delete(namespace).catch(unlessGone));
  return lateProblem === undefined ? found : { ...found, problems: [lateProblem, ...found.problems] };
}

/** What was last heard of the containers that have not ended. */
function unended(all: readonly PlayedPod[], ended: ReadonlySet<string>, witness: LogWitness): readonly string[] {
  return all
    .flatMap((one) => containers.map((container) => ({ ...one, container })))
    .filter(({ pod, container }) => !ended.has(`${pod}/${container}`))
    .map(({ pod, container, kind, incarnations }) => {
      const isIts = (one: LogLine | LogEvent): boolean => one.pod === pod && one.container === container;
      const told = witness.events.filter(isIts).slice(-8);
      const words = told.map((event) => `${event.type} ${"reason" in event ? event.reason : event.run}`);
      const last = witness.lines.findLast(isIts);
      return `${pod}/${container}, ${kind}, ${incarnations} times made: ${words.join(", ")}; last ${last?.time} ${last?.line}`;
    });
}

/** Whose lines those of the pod are that has its name now. */
function incarnationOf(namespace: string, { pod, incarnations }: PlayedPod): string {
  return `${namespace}.${pod}.${incarnations}`;
}

async function makePod(
  pods: PodResource,
  namespace: string,
  one: PlayedPod,
  size: LoadSize,
  written: WrittenLogs,
  nodeName: string,
): Promise<void> {
  one.incarnations += 1;
  const count = one.kind === "restarting" ? Math.ceil(size.lines / runs) : size.lines;
  const burst = Math.max(1, Math.round(size.lines / size.seconds / 2));
  // The last run goes on, so that its end is read even where it stood in a file that was rotated.
  const then = "e=0; while :; do say end$e; e=$((e+1)); sleep 1; done";
  const script = `${written.prelude}i=0; while [ $i -lt ${count} ]; do i=$((i+1)); say $i; [ $((i % ${burst})) = 0 ] && sleep 0.5; done
${one.kind === "restarting" ? `[ $n -lt ${runs - 1} ] && exit 1\n` : ""}${then}`;
  await succeeds(() =>
    pods
      .create({
        metadata: { name: one.pod },
        spec: {
          // Not by the scheduler: it gives up when API servers go that are not equally far.
          nodeName,
          containers: containers.map((name) => ({
            name,
            image: "local",
            command: ["sh", "-c", script],
            ...written.container(name, incarnationOf(namespace, one)),
          })),
          volumes: [...written.volumes],
          terminationGracePeriodSeconds: 1,
        },
      })
      .catch(unlessThere),
  );
}

/** Breaks connections in many ways until it is aborted. */
async function cut(proxy: FaultProxy, random: SeededRandom, done: AbortSignal): Promise<void> {
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal: done }).catch(() => {});
  while (!done.aborted) {
    await pause(random.between(300, 3000));
    const how = random.pick(["reset", "fin", "half", "slices", "black hole"] as const);
    if (how === "reset") proxy.reset();
    else if (how === "fin") proxy.fin();
    else if (how === "half") proxy.halfClose();
    else if (how === "slices") {
      proxy.shape({ sliceBytes: random.between(1, 2000), truncateAfterBytes: random.between(100, 50_000) });
      await pause(random.between(300, 2000));
      await proxy.heal();
    } else {
      proxy.blackHole();
      await pause(random.between(100, 1000));
      await proxy.heal();
    }
  }
  await proxy.heal();
}

function judged(
  seed: number,
  namespace: string,
  all: readonly PlayedPod[],
  written: WrittenLogs,
  witness: LogWitness,
): LoadFound {
  const sums = { written: 0, read: 0, missing: 0, before: 0 };
  const problems: string[] = [];
  for (const one of all) {
    for (let number = 1; number <= one.incarnations; number++) {
      for (const container of containers) {
        const going = number === one.incarnations;
        const name = incarnationOf(namespace, { ...one, incarnations: number });
        const found = judge(
          { name, namespace, pod: one.pod, container, state: going ? "runs" : "killed" },
          written,
          witness,
        );
        problems.push(...found.problems);
        sums.written += found.written;
        sums.read += found.read;
        sums.missing += found.missing;
        sums.before += found.before;
      }
    }
  }
  const count = (type: string): number => witness.events.filter((event) => event.type === type).length;
  return { seed, problems, ...sums, gaps: count("gap"), failed: count("failed"), restarted: count("restarted") };
}

function unlessThere(error: unknown): void {
  if (!isAlreadyExists(error)) throw error;
}

function unlessGone(error: unknown): void {
  if (!isNotFound(error)) throw error;
}

function isGone(error: unknown): true | undefined {
  return isNotFound(error) ? true : undefined;
}
