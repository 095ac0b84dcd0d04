import { once } from "node:events";
import { constants, createSecureServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { type Clock, type Cluster, createCluster, type Stored, systemClock } from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { informer, type InformerEvent, watcher, type WatcherEvent } from "@kubewright/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAuthority } from "../support/certificates.ts";
import { startRawH1Server } from "../support/raw-h1-server.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { checkDelivered } from "./checker.ts";
import {
  beginning,
  createCutServer,
  cutStream,
  historyOf,
  type CutServer,
  isAs,
  listText,
  offsetAfter,
  type Sends,
  type Thing,
  thingResource,
  type Told,
  versionAt,
  type Way,
  ways,
  wrongIn,
} from "./cut-stream.ts";
import { seededRandom } from "./seeded-random.ts";
import { viewOf } from "./view.ts";

const stream = cutStream(1);
const { bytes, ends, events, truth } = stream;
const allWays = Object.keys(ways) as readonly Way[];

const informerTypes = { added: "ADDED", updated: "MODIFIED", deleted: "DELETED" } as const;

const newest = events.at(-1) as Told;

function knowsAll(knows: ReadonlyMap<string, string>): boolean {
  return knows.size === truth.size && [...truth].every(([name, { version }]) => knows.get(name) === version);
}

type Seen = InformerEvent<Stored<Thing>>;

/** Follows the stream with an informer, until `caughtUp`; `last` resolves once it was told all there is. Its subscription is judged, then its cache. */
async function followedByInformer(
  cluster: Cluster,
  caughtUp: (last: Promise<void>) => Promise<unknown>,
  judge: (seen: readonly Seen[]) => void,
): Promise<void> {
  await using cache = informer(cluster.resource<Thing>(thingResource));
  const seen: Seen[] = [];
  const knows = new Map<string, string>();
  const last = new Promise<void>((resolve) => {
    cache.subscribe((event) => {
      seen.push(event as Seen);
      const { name, resourceVersion } = event.object.metadata;
      if (event.type === "deleted") knows.delete(name);
      else knows.set(name, resourceVersion);
      // What waited long is not told in the order of versions: the newest may come before others.
      if (knows.get(newest.name) === newest.version && knowsAll(knows)) resolve();
    });
  });
  await caughtUp(last);
  judge(seen);
  const held = cache.list();
  expect(held.map(({ metadata }) => metadata.name).toSorted()).toEqual([...truth.keys()].toSorted());
  expect(held.filter((object) => !isAs(truth.get(object.metadata.name) as Told, object))).toEqual([]);
}

/** Each event came: none lost, none twice, none in part, and in order. */
function eachEvent(seen: readonly Seen[]): void {
  const told = seen.map(({ type, object }) => ({ type: informerTypes[type], object }));
  expect(wrongIn(stream, told)).toBeUndefined();
  const before = new Map<string, unknown>();
  for (const [i, { type, object, previous }] of seen.entries()) {
    const { name } = events[i] as Told;
    if (previous !== before.get(name)) expect(previous, `previous of event ${i}`).toBe(before.get(name));
    if (type === "deleted") before.delete(name);
    else before.set(name, object);
  }
}

const view = viewOf(historyOf(stream));

/** The same for who has real time, in which changes of one object may come as one. */
function noViolation(seen: readonly Seen[]): void {
  expect(
    checkDelivered(
      view,
      seen.map((event, at) => ({ ...event, at: at + 1 })),
    ),
  ).toEqual([]);
}

/** The same for a watcher, which is told each event. */
async function followedByWatcher(cluster: Cluster, caughtUp: (last: Promise<void>) => Promise<unknown>): Promise<void> {
  const stopping = new AbortController();
  const seen: WatcherEvent<unknown>[] = [];
  let atLast = (): void => {};
  const last = new Promise<void>((resolve) => (atLast = resolve));
  const following = (async () => {
    const { signal } = stopping;
    for await (const event of watcher(cluster.resource<Thing>(thingResource), { signal })) {
      seen.push(event);
      if ("object" in event && event.object.metadata.resourceVersion === newest.version) atLast();
    }
  })().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  await caughtUp(last);
  stopping.abort();
  await following;
  const [init, synced, ...changes] = seen;
  expect([init, synced]).toEqual([{ type: "init" }, { type: "synced", resourceVersion: stream.first }]);
  const told = changes.map((event, i) => ({
    // A watcher does not say whether the object is new.
    type:
      event.type === "apply" && events[i]?.type !== "DELETED"
        ? (events[i]?.type ?? "")
        : event.type.toUpperCase() + "D",
    object: "object" in event ? event.object : undefined,
  }));
  expect(wrongIn(stream, told)).toBeUndefined();
}

/** Runs one follower on a server in memory, to the end of the stream. */
async function follow(sends: Sends, by: "informer" | "watcher" = "informer"): Promise<CutServer> {
  const clock = createVirtualClock();
  const server = createCutServer(stream, sends);
  const cluster = createCluster({ transport: server, clock });
  const caughtUp = (): Promise<void> => clock.run(server.caughtUp);
  await (by === "informer" ? followedByInformer(cluster, caughtUp, eachEvent) : followedByWatcher(cluster, caughtUp));
  await cluster.close();
  expect(server.lists).toBe(0);
  return server;
}

/** The first watch is cut there, the second goes on to the end. */
function cutOnce(way: Way, at: number): Sends {
  let watches = 0;
  return () => (watches++ === 0 ? ways[way](bytes.subarray(0, at)) : undefined);
}

/**
 * Each watch is cut `into` bytes into a line, each in a later one that is as long; the last at the end. So a follower of the whole
 * stream is cut in every event. `cuts` takes the offsets.
 */
function cutInEach(way: Way, into: number, cuts: number[]): Sends {
  let line = -1;
  return (from) => {
    if (cuts.at(-1) === bytes.length) return undefined;
    const next = ends.findIndex((end, i) => i > line && end - (ends[i - 1] ?? 0) > into);
    line = next < 0 ? ends.length : next;
    const at = next < 0 ? bytes.length : (ends[next - 1] ?? 0) + into;
    cuts.push(at);
    return ways[way](bytes.subarray(from, at));
  };
}

const longest = Math.max(...ends.map((end, i) => end - (ends[i - 1] ?? 0)));

describe.each(allWays)("a stream of 200 events stops with %s", (way) => {
  const whole = way === "a clean end";

  test.each(["informer", "watcher"] as const)("at every byte, for one %s", async (by) => {
    const offsets = new Set<number>();
    for (let into = 0; into < longest; into += by === "informer" ? 1 : 8) {
      const cuts: number[] = [];
      const { resumed } = await follow(cutInEach(way, into, cuts), by);
      expect(resumed).toEqual(cuts.map((at) => versionAt(stream, at, whole)));
      for (const at of cuts) offsets.add(at);
    }
    if (by === "informer") expect(offsets.size).toBe(bytes.length + 1);
  });

  test("after all that went before", async () => {
    for (let at = 0; at <= bytes.length; at += 199) {
      const { resumed } = await follow(cutOnce(way, at));
      expect(resumed).toEqual([versionAt(stream, at, whole)]);
    }
  });
});

/** The bytes in slices of these lengths, in turn. */
function* sliced(lengths: readonly number[], of: Uint8Array = bytes): Iterable<Uint8Array> {
  for (let at = 0, i = 0; at < of.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield of.subarray(at, at + length);
    at += length;
  }
}

describe("a stream comes in slices", () => {
  test.each(["informer", "watcher"] as const)("of 1 to 64 bytes, for one %s", async (by) => {
    const lengths = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 50 });
    const check = fc.asyncProperty(lengths, async (some) => {
      let watches = 0;
      const { resumed } = await follow(() => (watches++ === 0 ? sliced(some) : undefined), by);
      expect(resumed).toEqual([events.at(-1)?.version]);
    });
    await fc.assert(check, { numRuns: 25, examples: [[[1]], [[2]], [[3]], [[64]]] });
  });

  test("and its last line has no newline: an event that is whole counts, one that is not is asked for again", async () => {
    for (const [line, end] of ends.entries()) {
      if (line % 8 !== 0 && line !== ends.length - 1) continue;
      const whole = await follow(cutOnce("a clean end", end - 1));
      expect(whole.resumed).toEqual([events[line]?.version]);
      const partial = await follow(cutOnce("a clean end", end - 2));
      expect(partial.resumed).toEqual([events[line - 1]?.version ?? stream.first]);
    }
  });
});

/** The same chance again: SEED=n. */
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));

/** Real time, and a first pause of no length after a loss. */
const promptClock: Clock = { ...systemClock, random: () => 0 };

/** Whom a server over sockets answers: one follower after another, each cut once. */
interface Turn {
  readonly at: number;
  readonly how: number;
  begun: boolean;
  resumed: () => void;
}

/** What a request to a server over sockets is answered with. */
type Answer = { readonly body: Uint8Array; readonly after: "end" | "cut" | "stay" };

function answerTo(query: URLSearchParams, turn: Turn): Answer {
  const { how, at } = turn;
  if (query.get("watch") !== "1") return { body: Buffer.from(listText(stream)), after: "end" };
  if (!turn.begun) {
    turn.begun = true;
    return { body: Buffer.concat([beginning(stream), bytes.subarray(0, at)]), after: how === 0 ? "end" : "cut" };
  }
  turn.resumed();
  const from = offsetAfter(stream, query.get("resourceVersion") ?? "");
  return { body: bytes.subarray(from), after: "stay" };
}

/** Follows the stream 500 times over one server, cut somewhere each time. */
async function cutManyTimes(server: string, ca: string | undefined, begin: (turn: Turn) => void): Promise<void> {
  const random = seededRandom(seed);
  const cluster = createCluster({ transport: createNodeTransport({ server, ca }), clock: promptClock });
  for (let i = 0; i < 500; i++) {
    const at = random.below(bytes.length + 1);
    const how = random.below(3);
    const resumed = new Promise<void>((resolve) => begin({ at, how, begun: false, resumed: resolve }));
    try {
      const caughtUp = (last: Promise<void>): Promise<unknown> => Promise.all([resumed, last]);
      await (i % 2 === 0 ? followedByInformer(cluster, caughtUp, noViolation) : followedByWatcher(cluster, caughtUp));
    } catch (error) {
      throw new Error(`SEED=${seed}: follower ${i}, cut in way ${how} at byte ${at}`, { cause: error });
    }
  }
  await cluster.close();
}

describe(`500 cuts anywhere, some of them clean ends, over sockets (SEED=${seed})`, () => {
  test("HTTP/1.1: the connection ends, or is reset, within a chunk", async () => {
    let turn: Turn;
    const server = await startRawH1Server((socket, request) => {
      const { body, after } = answerTo(queryIn(/^GET (\S+)/.exec(request)?.[1]), turn);
      const size = (after === "cut" ? body.length + 100 : body.length).toString(16);
      const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
      const end = after === "end" ? "\r\n0\r\n\r\n" : after === "stay" ? "\r\n" : "";
      const chunk =
        body.length === 0 && after !== "cut"
          ? end.slice(2)
          : Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from(end)]);
      const breakOff = turn.how === 1 ? () => socket.destroy() : () => socket.resetAndDestroy();
      socket.write(Buffer.concat([Buffer.from(head), Buffer.from(chunk)]), () => {
        if (after === "cut") breakOff();
      });
    });
    try {
      await cutManyTimes(server.origin, undefined, (next) => (turn = next));
    } finally {
      await server.close();
    }
  });

  test("HTTP/2: the stream is reset, or its connection ends", async () => {
    const authority = createAuthority();
    const server = createSecureServer({ ...authority.issue() });
    const sessions = new Set<ServerHttp2Session>();
    let turn: Turn;
    server.on("session", (session) => {
      sessions.add(session);
      session.once("close", () => sessions.delete(session));
    });
    server.on("stream", (answer, headers) => {
      answer.on("error", () => {});
      const { body, after } = answerTo(queryIn(headers[":path"]), turn);
      const breakOff =
        turn.how === 1 ? () => answer.close(constants.NGHTTP2_INTERNAL_ERROR) : () => answer.session?.destroy();
      answer.respond({ ":status": 200, "content-type": "application/json" });
      answer.write(body, () => {
        if (after === "end") answer.end();
        else if (after === "cut") breakOff();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      await cutManyTimes(`https://127.0.0.1:${port}`, authority.ca, (next) => (turn = next));
    } finally {
      for (const session of sessions) session.destroy();
      server.close();
      authority.remove();
    }
  });
});

function queryIn(path = ""): URLSearchParams {
  return new URL(path, "http://server").searchParams;
}
