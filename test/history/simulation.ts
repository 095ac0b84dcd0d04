import { createCluster, type CustomResource, type KubernetesObject } from "@kubewright/core";
import { protobuf } from "@kubewright/protobuf";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { checkSubjects } from "./check-subjects.ts";
import { encodingOf, type Recording } from "./recording.ts";
import { replayTransport } from "./replay-server.ts";
import { createApiServer } from "./replay/api-server.ts";
import { type Fault, faultsBy } from "./replay/fault.ts";
import { noWatchList, unauthorized } from "./replay/status.ts";
import { world } from "./replay/world.ts";
import { seededRandom } from "./seeded-random.ts";
import { follow } from "./subjects.ts";
import type { TrueObject } from "./true-history.ts";
import { createWeather } from "./weather.ts";

/** What came of one seed. */
export interface SimulationResult {
  /** What the checker found, each as a sentence. */
  readonly violations: readonly string[];
  /** What happened, for whoever looks for the cause. */
  readonly story: readonly string[];
  readonly deliveries: number;
  readonly requests: number;
  /** How many answers came in protobuf. */
  readonly inProtobuf: number;
  /** Whether the client went over to JSON, because the server had become newer than it. */
  readonly fellBack: boolean;
}

/** What becomes of a watch that should begin with the collection. */
const watchLists = [
  "serves it",
  "serves it",
  "refuses it",
  "takes it for a plain one",
  "never says that it is whole",
] as const;

const minute = 60_000;
/** A watch that was silenced may go unnoticed for ten minutes and ten seconds; then there are pauses, and a list that is silenced too. */
const healingMs = 20 * minute;

/** Plays one seed: caches over servers that replay a recorded history, while everything breaks. */
export async function simulate(seed: number, recordings: ReadonlyMap<string, Recording>): Promise<SimulationResult> {
  const random = seededRandom(seed);
  const clock = createVirtualClock({ seed });
  const story: string[] = [];
  const tell = (what: string): void => void story.push(`${(clock.now() / 1000).toFixed(1)} s: ${what}`);
  const [name, recording] = random.pick([...recordings]);
  const encoding = encodingOf(seed);
  const watchList = random.pick(watchLists);
  tell(
    `the history is ${name}, read in ${encoding}; when a watch should begin with the collection, the server ${watchList}`,
  );

  const etcd = world(recording);
  for (let i = random.below(30); i > 0; i--) etcd.change();
  const servers = [createApiServer({ world: etcd, clock }), createApiServer({ world: etcd, clock })];
  let server = random.pick(servers);
  let expiredUntil = 0;
  const weather = createWeather(clock, random.fork(), tell);
  const faults = faultsBy(random.fork(), weather.now);
  const pageSize = random.pick([500, 5, 3]);
  const transport = replayTransport({
    server: () => server,
    clock,
    random: random.fork(),
    fault({ query, streaming }): Fault {
      if (clock.now() < expiredUntil) return { instead: unauthorized };
      const fault = { ...faults({ streaming }), pageSize };
      if (!query.includes("sendInitialEvents=true") || fault.instead !== undefined) return fault;
      if (watchList === "refuses it") return { ...fault, instead: noWatchList };
      if (watchList === "takes it for a plain one") return { ...fault, plain: true };
      return watchList === "never says that it is whole" ? { ...fault, withoutEndMark: true } : fault;
    },
  });
  const warnings: string[] = [];
  const cluster = createCluster({
    transport,
    clock,
    userAgent: "history",
    protobuf: () => protobuf,
    encoding: { read: encoding },
    onWarning: (text) => warnings.push(text),
  });
  const { group, version, plural, kind, namespace } = recording.about;
  const resource = cluster.resource<KubernetesObject>({ group, version, plural, kind, namespaced: true }).in(namespace);
  const breaking = random.between(3, 15) * minute;
  const subjects = follow(resource as CustomResource<KubernetesObject>, {
    random: random.fork(),
    clock,
    history: etcd.history,
    slowMs: random.pick([1000, 30_000]),
    withinMs: breaking,
  });
  const pace = random.pick([200, 2000, 10_000]);
  let restores = random.chance(0.2) ? 1 : 0;
  const upgradesAt = random.chance(0.3) ? random.below(breaking) : Infinity;

  async function change(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      etcd.change();
      if (random.chance(0.2)) await clock.advance(random.below(pace));
    }
  }

  /** What etcd lost shows only to who looks: until all have, its revision must stay below what they knew. */
  async function restore(): Promise<void> {
    restores -= 1;
    const newest = etcd.revision;
    etcd.restore(Math.max(etcd.compacted, newest - random.between(2, 40)));
    tell(`etcd is restored, from ${newest} to ${etcd.revision}`);
    for (const one of servers) {
      one.lag(0);
      one.restart();
    }
    await clock.advance(random.below(5 * minute));
    expiredUntil = 0;
    weather.pause(healingMs);
    await clock.advance(healingMs);
    tell("all had the time to notice");
  }

  async function act(): Promise<void> {
    const choice = random.next();
    const one = random.pick(servers);
    if (choice < 0.8) await change(random.pick([1, 1, 1, 3, 20]));
    else if (choice < 0.84) etcd.writeElsewhere();
    else if (choice < 0.87) {
      etcd.compact(random.between(etcd.compacted, etcd.revision));
      tell(`etcd forgets what was before ${etcd.compacted}`);
      one.forget();
    } else if (choice < 0.9) {
      tell("an API server restarts");
      one.restart();
    } else if (choice < 0.94) server = one;
    else if (choice < 0.98) {
      const ms = random.pick([0, 500, 10_000, 60_000]);
      tell(`an API server is ${ms} ms behind`);
      one.lag(ms);
    } else if (choice < 0.99) {
      expiredUntil = clock.now() + random.below(40_000);
      tell(`the token expires until ${expiredUntil / 1000} s`);
    } else if (restores > 0) await restore();
  }

  const end = clock.now() + breaking;
  while (clock.now() < end) {
    await clock.advance(random.below(2 * pace));
    subjects.sample();
    if (clock.now() >= upgradesAt && !etcd.upgraded) {
      etcd.upgrade();
      tell("what is written from now on has a field that no client knows");
    }
    await act();
  }
  weather.clear();
  expiredUntil = 0;
  for (const one of servers) one.lag(0);
  tell("from here on nothing breaks");
  await change(5);
  await clock.advance(healingMs);
  subjects.sample();

  const list = await clock.run(resource.list());
  for (const { at, query, fault } of transport.requests)
    story.push(`${at / 1000} s: ${query} ${JSON.stringify(fault)}`);
  const violations = checkSubjects(subjects, etcd.history, list.items as unknown as readonly TrueObject[]);
  // Once, and only of what the codec does not know.
  if (warnings.length > (etcd.upgraded ? 1 : 0)) violations.push(`warnings: ${warnings.join(", ")}`);
  await clock.run(subjects.close());
  await cluster.close();
  await clock.settle();
  if (clock.pending > 0) violations.push(`${clock.pending} timers are left`);
  const deliveries = subjects.told.reduce((sum, one) => sum + one.deliveries.length, 0);
  const { requests, inProtobuf } = transport;
  return { violations, story, deliveries, requests: requests.length, inProtobuf, fellBack: warnings.length > 0 };
}
