import type { CustomResource, Interceptor, KubernetesObject } from "@kubewright/core";
import { connect, isStatusError } from "kubewright";
import { eventually } from "../support/eventually.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { checkSubjects } from "./check-subjects.ts";
import { expiringToken } from "./expiring-token.ts";
import type { LiveGround } from "./live-ground.ts";
import { liveNetwork } from "./live-network.ts";
import { livePage } from "./live-page.ts";
import { liveTruth } from "./live-truth.ts";
import { type ChangedCollection, makeChange } from "./make-change.ts";
import { mutator } from "./mutator.ts";
import { collectionPath, encodingOf, isProtobuf } from "./recording.ts";
import { seededRandom } from "./seeded-random.ts";
import { follow, type Told } from "./subjects.ts";
import { compareVersions, keyOf, type TrueObject } from "./true-history.ts";
import { widgets } from "./widgets.ts";

/** What came of one seed. */
export interface LiveResult {
  readonly seed: number;
  /** What the checker found, each as a sentence. */
  readonly violations: readonly string[];
  /** What happened, for whoever looks for the cause. */
  readonly story: readonly string[];
  readonly deliveries: number;
  /** Watches and lists that were asked for. */
  readonly requests: number;
  /** How many of them were answered in protobuf. */
  readonly inProtobuf: number;
  /** How many of these read the collection anew. */
  readonly relists: number;
  /** How many caches were seen to wait because a server's watch cache did not reach back to their version, as after a restart. */
  readonly beforeRestart: number;
  /** The same because etcd had compacted it. */
  readonly compacted: number;
  /** How often a token had expired and another was fetched. */
  readonly renewals: number;
}

/** One seed while it runs: its own namespace, network and clients, on servers that it shares. */
export interface LiveSeed {
  /** Makes so many changes; meanwhile the network breaks and heals. */
  change(count: number): Promise<void>;
  /** With some seeds nobody is reached until it heals; one more change is made, and the true history is known up to it. */
  beforeCompaction(): Promise<void>;
  /** The token expires, if this seed has one that does. */
  expireToken(): Promise<void>;
  /** The network heals, and with most seeds all caches come up to date. */
  heal(): Promise<void>;
  /** Waits until all are up to date, holds them against what happened, and ends. */
  finish(): Promise<LiveResult>;
}

const collections = [
  { group: "", version: "v1", plural: "configmaps", kind: "ConfigMap" },
  { group: "", version: "v1", plural: "events", kind: "Event" },
  widgets,
] as const;
const mark = { name: "mark", labels: { app: "web" } } as const;
/** Longer than any pause between attempts. */
const catchUpMs = 90_000;
/** In virtual time, which goes on with the changes: those who are late come within it, and the slow take a part of it. */
const withinMs = 3000;

/** Begins one. */
export async function beginLiveSeed(ground: LiveGround, seed: number): Promise<LiveSeed> {
  const { api, servers, ca, plane } = ground;
  const random = seededRandom(seed);
  const story: string[] = [];
  const began = performance.now();
  const tell = (what: string): void => void story.push(`${((performance.now() - began) / 1000).toFixed(2)} s: ${what}`);

  const made = await api.send("POST", "/api/v1/namespaces", { metadata: { generateName: `live-${seed}-` } });
  const namespace = (JSON.parse(made.text) as TrueObject).metadata.name;
  const about: ChangedCollection = { ...random.pick(collections), namespace };
  const path = collectionPath(about);
  const encoding = encodingOf(seed);
  tell(`${about.plural} in ${namespace}, read in ${encoding}`);
  const truth = await liveTruth(api, path);
  const { history } = truth;

  // A server that stays knows a token that has expired for 10 s more.
  const token = random.chance(0.25) ? await expiringToken(api, namespace) : undefined;
  const network = await liveNetwork(token ? servers.slice(0, 2) : servers, random.fork(), tell);
  const violations: string[] = [];
  let requests = 0;
  let inProtobuf = 0;
  let reads = 0;
  const count: Interceptor = (next) => async (request) => {
    tell(`${request.verb} ${request.query}`);
    requests += 1;
    const query = new URLSearchParams(request.query);
    const isList = !query.has("watch") && query.get("limit") !== "1" && !query.has("continue");
    if (isList || query.get("sendInitialEvents") === "true") reads += 1;
    const response = await next(request);
    if (isProtobuf(response.headers.get("content-type"))) inProtobuf += 1;
    return response;
  };
  const cluster = await connect({
    server: network.url,
    ca,
    token: token === undefined ? plane.admin.token : () => token.current(),
    protocol: random.pick(["auto", "auto", "http/1.1"] as const),
    interceptors: [count],
    encoding: { read: encoding },
    onWarning: (text) => violations.push(`a warning: ${text}`),
  });
  // A third are pages: every other alone, the others with a worker that holds their watches.
  const page =
    seed % 3 === 0
      ? await livePage({
          cluster,
          random: random.fork(),
          worker: seed % 2 === 0 ? ground.sharedWorker : undefined,
          tell,
        })
      : undefined;
  const resource = (page?.cluster ?? cluster)
    .resource<KubernetesObject>({
      group: about.group,
      version: about.version,
      plural: about.plural,
      kind: about.kind,
      namespaced: true,
    })
    .in(namespace) as CustomResource<KubernetesObject>;
  // The time of those who are slow, late or fickle goes on with the changes.
  const clock = createVirtualClock({ seed });
  const slowMs = random.pick([100, 1000]);
  const subjects = follow(resource, { random: random.fork(), clock, history, slowMs, withinMs });
  const changes = mutator(random.fork(), 12);
  const pace = random.pick([20, 100, 300]);
  let marks = 0;

  const forgotten = { beforeRestart: new Set<string>(), compacted: new Set<string>() };
  function look(): void {
    subjects.sample();
    for (const { who, health } of subjects.caches) {
      const { error, restarts } = health();
      // A page is told so by the proxy alone.
      if (page !== undefined || !isStatusError(error) || error.statusCode !== 410) continue;
      // What a watch cache says names both versions.
      const why = /too old resource version: \d+ \(\d+\)/.test(error.message) ? "beforeRestart" : "compacted";
      if (!forgotten[why].has(`${who} ${restarts}`)) tell(`${who}: ${error.message}`);
      forgotten[why].add(`${who} ${restarts}`);
    }
  }

  /** A change that every cache shows. */
  async function setMark(): Promise<string> {
    const text = `mark ${marks++}`;
    const object = await makeChange(api, about, { do: marks === 1 ? "create" : "update", ...mark, text });
    return (object as TrueObject).metadata.resourceVersion;
  }

  async function heal(): Promise<void> {
    await network.heal();
    await page?.network.heal();
  }

  async function caughtUp(version: string): Promise<boolean> {
    return eventually(
      () => {
        look();
        return subjects.caches.every((cache) => knowsMark(cache.objects(), version)) || undefined;
      },
      "all caches are up to date",
      catchUpMs,
    ).catch(() => false);
  }

  return {
    async change(times) {
      for (let i = 0; i < times; i++) {
        await makeChange(api, about, changes.next());
        await clock.advance(random.below(pace));
        look();
        if (random.chance(0.15)) await network.change();
        if (page !== undefined && random.chance(0.15)) await page.network.change();
      }
    },
    async beforeCompaction() {
      if (random.chance(0.5)) await (page !== undefined && random.chance(0.5) ? page : { network }).network.goAway();
      await truth.reaches(await setMark());
    },
    async expireToken() {
      if (token !== undefined) tell("the token expires");
      await token?.expire();
    },
    async heal() {
      tell("healthy");
      await heal();
      if (random.chance(0.3)) return;
      const version = await setMark();
      const before = performance.now();
      if (!(await caughtUp(version))) violations.push(`lost: not up to date ${catchUpMs} ms after the network healed`);
      tell(`all caches know ${version} after ${Math.round(performance.now() - before)} ms`);
      subjects.sample();
    },
    async finish() {
      tell("the end");
      await heal();
      const version = await setMark();
      await truth.reaches(version);
      history.quorumList(version);
      const { text } = await api.send("GET", path);
      const list = itemsOf(text, about);
      const before = performance.now();
      await clock.advance(withinMs);
      const upToDate = async (): Promise<true | undefined> => {
        await clock.advance(16 * slowMs);
        look();
        const caches = subjects.caches.every(
          ({ objects, selects, health }) =>
            health().state === "streaming" && sameVersions(objects(), list.filter(selects)),
        );
        const told = subjects.told.every(
          (one) => !one.complete || sameVersions(knownTo(one), list.filter(one.selects)),
        );
        return (caches && told) || undefined;
      };
      // What is missing after that, the checker names.
      await eventually(upToDate, "all are up to date", catchUpMs).catch(() => undefined);
      tell(`all are up to date after ${Math.round(performance.now() - before)} ms`);
      subjects.sample();
      truth.stop();
      violations.push(...checkSubjects(subjects, history, list, page === undefined));
      await subjects.close();
      await clock.advance(withinMs);
      await page?.close();
      await cluster.close();
      await network.close();
      await api.send("DELETE", path);
      const deliveries = subjects.told.reduce((sum, one) => sum + one.deliveries.length, 0);
      // Two informers share a watch, and a page's watcher does too.
      return {
        seed,
        violations,
        story,
        deliveries,
        requests,
        inProtobuf,
        relists: reads - (page === undefined ? 3 : 2),
        beforeRestart: forgotten.beforeRestart.size,
        compacted: forgotten.compacted.size,
        renewals: token?.renewals ?? 0,
      };
    },
  };
}

function knowsMark(objects: readonly TrueObject[], version: string): boolean {
  const known = objects.find(({ metadata }) => metadata.name === mark.name)?.metadata.resourceVersion;
  return known !== undefined && compareVersions(known, version) >= 0;
}

/** A list's items as events show them: with what the list says of all. */
function itemsOf(text: string, { group, version, kind }: ChangedCollection): readonly TrueObject[] {
  const { items } = JSON.parse(text) as { items: TrueObject[] };
  const apiVersion = group === "" ? version : `${group}/${version}`;
  return items.map((item) => ({ kind, apiVersion, ...item }));
}

function knownTo({ deliveries }: Told): readonly TrueObject[] {
  const known = new Map<string, TrueObject>();
  for (const { type, object } of deliveries) {
    if (type === "deleted") known.delete(keyOf(object));
    else known.set(keyOf(object), object);
  }
  return [...known.values()];
}

function sameVersions(some: readonly TrueObject[], others: readonly TrueObject[]): boolean {
  const texts = (objects: readonly TrueObject[]): string =>
    objects
      .map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`)
      .toSorted()
      .join();
  return texts(some) === texts(others);
}
