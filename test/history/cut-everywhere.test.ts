import { once } from "node:events";
import { constants, createSecureServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { type Clock, type Cluster, createCluster, type Stored, systemClock, type Transport } from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { protobuf } from "@kubewright/protobuf";
import { informer, type InformerEvent, watcher, type WatcherEvent } from "@kubewright/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAuthority } from "../support/certificates.ts";
import { joined } from "../support/protobuf-wire.ts";
import { startRawH1Server } from "../support/raw-h1-server.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { checkDelivered } from "./checker.ts";
import {
  createCutServer,
  type CutStream,
  cutStream,
  emptyList,
  historyOf,
  type CutServer,
  isAs,
  offsetAfter,
  type Sends,
  versionAt,
  type Way,
  ways,
  wrongIn,
} from "./cut-stream.ts";
import { type Thing, thingResource, type Told } from "./cut-writing.ts";
import { encodings } from "./recording.ts";
import { seededRandom } from "./seeded-random.ts";
import { type View, viewOf } from "./view.ts";

const streams = encodings.map((encoding) => cutStream(encoding, 1));
const allWays = Object.keys(ways) as readonly Way[];

const informerTypes = { added: "ADDED", updated: "MODIFIED", deleted: "DELETED" } as const;

function knowsAll({ truth }: CutStream, knows: ReadonlyMap<string, string>): boolean {
  return knows.size === truth.size && [...truth].every(([name, { version }]) => knows.get(name) === version);
}

type Seen = InformerEvent<Stored<Thing>>;

/** Follows the stream with an informer, until `caughtUp`; `last` resolves once it was told all there is. Its subscription is judged, then its cache. */
async function followedByInformer(
  stream: CutStream,
  cluster: Cluster,
  caughtUp: (last: Promise<void>) => Promise<unknown>,
  judge: (seen: readonly Seen[]) => void,
): Promise<void> {
  const { truth } = stream;
  const newest = stream.events.at(-1) as Told;
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
      if (knows.get(newest.name) === newest.version && knowsAll(stream, knows)) resolve();
    });
  });
  await caughtUp(last);
  judge(seen);
  const held = cache.list();
  expect(held.map(({ metadata }) => metadata.name).toSorted()).toEqual([...truth.keys()].toSorted());
  expect(held.filter((object) => !isAs(stream, truth.get(object.metadata.name) as Told, object))).toEqual([]);
}

/** Each event came: none lost, none twice, none in part, and in order. */
function eachEvent(stream: CutStream, seen: readonly Seen[]): void {
  const told = seen.map(({ type, object }) => ({ type: informerTypes[type], object }));
  expect(wrongIn(stream, told)).toBeUndefined();
  const before = new Map<string, unknown>();
  for (const [i, { type, object, previous }] of seen.entries()) {
    const { name } = stream.events[i] as Told;
    if (previous !== before.get(name)) expect(previous, `previous of event ${i}`).toBe(before.get(name));
    if (type === "deleted") before.delete(name);
    else before.set(name, object);
  }
}

const views = new Map(streams.map((stream) => [stream, viewOf(historyOf(stream))]));

/** The same for who has real time, in which changes of one object may come as one. */
function noViolation(stream: CutStream, seen: readonly Seen[]): void {
  expect(
    checkDelivered(
      views.get(stream) as View,
      seen.map((event, at) => ({ ...event, at: at + 1 })),
    ),
  ).toEqual([]);
}

/** The same for a watcher, which is told each event. */
async function followedByWatcher(
  stream: CutStream,
  cluster: Cluster,
  caughtUp: (last: Promise<void>) => Promise<unknown>,
): Promise<void> {
  const { events } = stream;
  const stopping = new AbortController();
  const seen: WatcherEvent<unknown>[] = [];
  let atLast = (): void => {};
  const last = new Promise<void>((resolve) => (atLast = resolve));
  const following = (async () => {
    const { signal } = stopping;
    for await (const event of watcher(cluster.resource<Thing>(thingResource), { signal })) {
      seen.push(event);
      if ("object" in event && event.object.metadata.resourceVersion === events.at(-1)?.version) atLast();
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

/** A cluster that reads in the stream's encoding. */
function clusterOf({ encoding }: CutStream, transport: Transport, clock: Clock): Cluster {
  return createCluster({ transport, clock, protobuf: () => protobuf, encoding: { read: encoding } });
}

type Follower = "informer" | "watcher";

/** Runs one follower on a server in memory, to the end of the stream. */
async function follow(stream: CutStream, sends: Sends, by: Follower = "informer"): Promise<CutServer> {
  const clock = createVirtualClock();
  const server = createCutServer(stream, sends);
  const cluster = clusterOf(stream, server, clock);
  const caughtUp = (): Promise<void> => clock.run(server.caughtUp);
  await (by === "informer"
    ? followedByInformer(stream, cluster, caughtUp, (seen) => eachEvent(stream, seen))
    : followedByWatcher(stream, cluster, caughtUp));
  await cluster.close();
  expect(server.lists).toBe(0);
  return server;
}

/** The first watch is cut there, the second goes on to the end. */
function cutOnce({ bytes }: CutStream, way: Way, at: number): Sends {
  let watches = 0;
  return () => (watches++ === 0 ? ways[way](bytes.subarray(0, at)) : undefined);
}

/**
 * Each watch is cut `into` bytes into an event, each in a later one that is as long; the last at the end. So a follower of the whole
 * stream is cut in every event. `cuts` takes the offsets.
 */
function cutInEach({ bytes, ends }: CutStream, way: Way, into: number, cuts: number[]): Sends {
  let event = -1;
  return (from) => {
    if (cuts.at(-1) === bytes.length) return undefined;
    const next = ends.findIndex((end, i) => i > event && end - (ends[i - 1] ?? 0) > into);
    event = next < 0 ? ends.length : next;
    const at = next < 0 ? bytes.length : (ends[next - 1] ?? 0) + into;
    cuts.push(at);
    return ways[way](bytes.subarray(from, at));
  };
}

const longestIn = ({ ends }: CutStream): number => Math.max(...ends.map((end, i) => end - (ends[i - 1] ?? 0)));

const cases = streams.flatMap((stream) => allWays.map((way) => [stream.encoding, way, stream] as const));

describe.each(cases)("a stream of 200 events in %s stops with %s", (encoding, way, stream) => {
  const { bytes } = stream;
  // A line is whole without its newline.
  const whole = way === "a clean end" && encoding === "json";

  test.each(["informer", "watcher"] as const)("at every byte, for one %s", async (by) => {
    const offsets = new Set<number>();
    for (let into = 0; into < longestIn(stream); into += by === "informer" ? 1 : 8) {
      const cuts: number[] = [];
      const { resumed } = await follow(stream, cutInEach(stream, way, into, cuts), by);
      expect(resumed).toEqual(cuts.map((at) => versionAt(stream, at, whole)));
      for (const at of cuts) offsets.add(at);
    }
    if (by === "informer") expect(offsets.size).toBe(bytes.length + 1);
  });

  test("after all that went before", async () => {
    for (let at = 0; at <= bytes.length; at += 199) {
      const { resumed } = await follow(stream, cutOnce(stream, way, at));
      expect(resumed).toEqual([versionAt(stream, at, whole)]);
    }
  });
});

/** The bytes in slices of these lengths, in turn. */
function* sliced(lengths: readonly number[], bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

const followers = ["informer", "watcher"] as const;

describe.each(streams.map((stream) => [stream.encoding, stream] as const))(
  "a stream in %s comes in slices",
  (_, stream) => {
    test.each(followers)("of 1 to 64 bytes, for one %s", async (by) => {
      const lengths = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 50 });
      const check = fc.asyncProperty(lengths, async (some) => {
        let watches = 0;
        const { resumed } = await follow(stream, () => (watches++ === 0 ? sliced(some, stream.bytes) : undefined), by);
        expect(resumed).toEqual([stream.events.at(-1)?.version]);
      });
      await fc.assert(check, { numRuns: 25, examples: [[[1]], [[2]], [[3]], [[64]]] });
    });
  },
);

test("the last line of a stream in JSON has no newline: an event that is whole counts, one that is not is asked for again", async () => {
  const [stream] = streams as [CutStream];
  const { ends, events, first } = stream;
  for (const [line, end] of ends.entries()) {
    if (line % 8 !== 0 && line !== ends.length - 1) continue;
    const whole = await follow(stream, cutOnce(stream, "a clean end", end - 1));
    expect(whole.resumed).toEqual([events[line]?.version]);
    const partial = await follow(stream, cutOnce(stream, "a clean end", end - 2));
    expect(partial.resumed).toEqual([events[line - 1]?.version ?? first]);
  }
});

/** The same chance again: SEED=n. */
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));

/** Real time, and a first pause of no length after a loss. */
const promptClock: Clock = { ...systemClock, random: () => 0 };

/** Whom a server over sockets answers: one follower after another, each cut once. */
interface Turn {
  readonly stream: CutStream;
  readonly at: number;
  readonly how: number;
  begun: boolean;
  resumed: () => void;
}

/** What a request to a server over sockets is answered with. */
type Answer = { readonly type: string; readonly body: Uint8Array; readonly after: "end" | "cut" | "stay" };

function answerTo(query: URLSearchParams, turn: Turn): Answer {
  const { how, at, stream } = turn;
  const { bytes, writing } = stream;
  const { listType, watchType: type } = writing;
  if (query.get("watch") !== "1") return { type: listType, body: emptyList(stream), after: "end" };
  if (!turn.begun) {
    turn.begun = true;
    const body = joined([writing.endMark(stream.first), bytes.subarray(0, at)]);
    return { type, body, after: how === 0 ? "end" : "cut" };
  }
  turn.resumed();
  const from = offsetAfter(stream, query.get("resourceVersion") ?? "");
  return { type, body: bytes.subarray(from), after: "stay" };
}

/** Follows one of the streams 500 times over one server, cut somewhere each time. */
async function cutManyTimes(server: string, ca: string | undefined, begin: (turn: Turn) => void): Promise<void> {
  const random = seededRandom(seed);
  const transport = createNodeTransport({ server, ca });
  const clusters = streams.map((stream) => clusterOf(stream, transport, promptClock));
  for (let i = 0; i < 500; i++) {
    const at = (of: number): number => Math.floor(i / of) % 2;
    const [stream, cluster] = [streams[at(1)] as CutStream, clusters[at(1)] as Cluster];
    const cut = random.below(stream.bytes.length + 1);
    const how = random.below(3);
    const resumed = new Promise<void>((resolve) => begin({ stream, at: cut, how, begun: false, resumed: resolve }));
    try {
      const caughtUp = (last: Promise<void>): Promise<unknown> => Promise.all([resumed, last]);
      await (at(2) === 0
        ? followedByInformer(stream, cluster, caughtUp, (seen) => noViolation(stream, seen))
        : followedByWatcher(stream, cluster, caughtUp));
    } catch (error) {
      const which = `follower ${i}, in ${stream.encoding}, cut in way ${how} at byte ${cut}`;
      throw new Error(`SEED=${seed}: ${which}`, { cause: error });
    }
  }
  for (const cluster of clusters) await cluster.close();
}

describe(`500 cuts anywhere, some of them clean ends, over sockets (SEED=${seed})`, () => {
  test("HTTP/1.1: the connection ends, or is reset, within a chunk", async () => {
    let turn: Turn;
    const server = await startRawH1Server((socket, request) => {
      const { type, body, after } = answerTo(queryIn(/^GET (\S+)/.exec(request)?.[1]), turn);
      const size = (after === "cut" ? body.length + 100 : body.length).toString(16);
      const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`;
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
      const { type, body, after } = answerTo(queryIn(headers[":path"]), turn);
      const breakOff =
        turn.how === 1 ? () => answer.close(constants.NGHTTP2_INTERNAL_ERROR) : () => answer.session?.destroy();
      answer.respond({ ":status": 200, "content-type": type });
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
