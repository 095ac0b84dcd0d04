import { type ApiRequest, type ApiResponse, ConnectionError, type Transport } from "@kubewright/core";
import { joined } from "../support/protobuf-wire.ts";
import { type Thing, type Told, type Writing, writings } from "./cut-writing.ts";
import type { Encoding } from "./recording.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";
import { type TrueHistory, trueHistory, type TrueObject } from "./true-history.ts";

/** A watch stream as bytes, with what it says. */
export interface CutStream {
  readonly encoding: Encoding;
  readonly writing: Writing;
  readonly bytes: Uint8Array;
  readonly events: readonly Told[];
  /** Where each event's line, its newline included, or frame ends; event `i` begins where the one before ends. */
  readonly ends: readonly number[];
  /** The version before the first event, when there was nothing. */
  readonly first: string;
  /** What is there after the last event, by name. */
  readonly truth: ReadonlyMap<string, Told>;
}

/** What a line reader, a UTF-8 decoder or a parser in a hurry may trip over; some as escapes, which only JSON knows. */
const pieces = [
  ...["a", "é", "߿", "€", "\ufeff", "\u2028", "\uffff", "😀", "𝄞", "\u{10ffff}", "]", "}", "{", ",", "managedFields"],
  ...['\\"', "\\\\", "\\n", "\\u2028", "\\ud83d\\ude00", "\\u0000", '\\"managedFields\\":['],
];

/** Names of 1 to 4 bytes a character. */
const nameEnds = ["a", "é", "€", "😀", "\ufeff", "\u2028"];

/** A stream of small events about `names` objects. */
export function cutStream(encoding: Encoding, seed: number, count = 200, names = 30): CutStream {
  const random = seededRandom(seed);
  const writing = writings[encoding];
  const events: Told[] = [];
  const parts: Uint8Array[] = [];
  const truth = new Map<string, Told>();
  let version = 9900;
  const first = String(version);
  // One object after the other: so none changes twice within a few events. The last event cannot vanish among others.
  for (let i = 0; i < count; i++) {
    const name = `${(i * 7) % names}${nameEnds[i % nameEnds.length]}`;
    const before = truth.get(name);
    version += random.between(1, 3);
    const text = JSON.parse(`"${textOf(random)}"`) as string;
    const type = before === undefined ? "ADDED" : i < count - 1 && random.chance(0.25) ? "DELETED" : "MODIFIED";
    const uid = before?.uid ?? `u${i}`;
    const event = {
      type,
      name,
      uid,
      version: String(version),
      text: type === "DELETED" ? (before?.text ?? "") : text,
    } as const;
    if (type === "DELETED") truth.delete(name);
    else truth.set(name, event);
    events.push(event);
    parts.push(writing.event(event, random));
  }
  const ends: number[] = [];
  for (const { length } of parts) ends.push((ends.at(-1) ?? 0) + length);
  return { encoding, writing, bytes: joined(parts), events, ends, first, truth };
}

function textOf(random: SeededRandom): string {
  return Array.from({ length: random.below(4) }, () => random.pick(pieces)).join("");
}

/** Where the stream goes on for who knows `version`: the byte at which the first newer event begins. */
export function offsetAfter({ events, ends }: CutStream, version: string): number {
  const next = events.findIndex((event) => Number(event.version) > Number(version));
  return next < 0 ? (ends.at(-1) ?? 0) : (ends[next - 1] ?? 0);
}

/** The version that a client knows which read the stream up to `offset`. `whole`: a last line counts without its newline. */
export function versionAt({ events, ends, first }: CutStream, offset: number, whole: boolean): string {
  const known = ends.findLastIndex((end) => (whole ? end - 1 : end) <= offset);
  return events[known]?.version ?? first;
}

/** A list's body: only the version of the newest state, and no item, for nobody should need one. */
export function emptyList({ writing, events, first }: CutStream): Uint8Array {
  return writing.list(events.at(-1)?.version ?? first, [], seededRandom(1));
}

/** What one watch sends from byte `from` of the stream on, before it ends, or breaks, as the chunks do; undefined: all there is, and it stays open. */
export type Sends = (from: number) => Iterable<Uint8Array> | undefined;

/** A transport whose server has the stream: the first watch begins with the collection, and later ones go on where they are asked to. */
export interface CutServer extends Transport {
  /** The versions of the watches after the first, as they were asked for. */
  readonly resumed: readonly string[];
  /** How often the collection was listed; asking for its version is none. */
  readonly lists: number;
  /** Resolves when a watch that stays open was read as far as it goes. */
  readonly caughtUp: Promise<void>;
}

export function createCutServer(stream: CutStream, sends: Sends): CutServer {
  const { writing } = stream;
  const resumed: string[] = [];
  let lists = 0;
  let begun = false;
  let caught = (): void => {};
  const caughtUp = new Promise<void>((resolve) => (caught = resolve));

  async function* watch(from: number, first: boolean, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    if (first) yield writing.endMark(stream.first);
    const sent = sends(from);
    if (sent !== undefined) {
      yield* sent;
      return;
    }
    yield stream.bytes.subarray(from);
    caught();
    await new Promise((_, reject) => {
      const abort = (): void => reject(signal?.reason as Error);
      if (signal?.aborted) abort();
      else signal?.addEventListener("abort", abort);
    });
  }

  async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield bytes;
  }

  function answer({ verb, query, signal }: ApiRequest): ApiResponse {
    const asked = new URLSearchParams(query);
    if (verb !== "watch") {
      if (asked.get("limit") !== "1") lists += 1;
      return ok(writing.listType, one(emptyList(stream)));
    }
    const first = !begun;
    begun = true;
    if (first) return ok(writing.watchType, watch(0, true, signal));
    const version = asked.get("resourceVersion") ?? "";
    resumed.push(version);
    return ok(writing.watchType, watch(offsetAfter(stream, version), false, signal));
  }

  return {
    server: "https://cut.test",
    resumed,
    get lists() {
      return lists;
    },
    caughtUp,
    send: async (request) => answer(request),
    close: async () => {},
  };
}

function ok(type: string, body: AsyncIterable<Uint8Array>): ApiResponse {
  const headers = { get: (name: string) => (name === "content-type" ? type : undefined) };
  return { status: 200, headers, body, discard: () => {} };
}

/** The ways in which a stream stops at a byte. */
export const ways = {
  "a clean end": function* (bytes: Uint8Array): Iterable<Uint8Array> {
    yield bytes;
  },
  "an error": function* (bytes: Uint8Array): Iterable<Uint8Array> {
    yield bytes;
    throw lost();
  },
  "half a chunk, then an error": function* (bytes: Uint8Array): Iterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    throw lost();
  },
} as const;

export type Way = keyof typeof ways;

const chunkBytes = 64;

function lost(): ConnectionError {
  return new ConnectionError("Reset: the connection broke");
}

/** Whether the object is whole, and what the event says; managedFields are never shown. */
export function isAs({ writing }: CutStream, told: Told, object: unknown): boolean {
  const { metadata, data, ...others } = object as Thing;
  const { metadata: _, data: __, ...kind } = writing.object(told);
  return (
    data?.text === told.text &&
    metadata?.resourceVersion === told.version &&
    metadata.name === told.name &&
    metadata.uid === told.uid &&
    Object.keys(metadata).length === 3 &&
    Object.keys(data).length === 1 &&
    JSON.stringify(others) === JSON.stringify(kind)
  );
}

/** What is wrong with what a subscriber was told, each event once and in order; undefined: nothing. */
export function wrongIn(
  stream: CutStream,
  told: readonly { readonly type: string; readonly object: unknown }[],
): string | undefined {
  const { events } = stream;
  const wrong = events.findIndex((event, i) => {
    const one = told[i];
    return one === undefined || one.type !== event.type || !isAs(stream, event, one.object);
  });
  if (wrong >= 0) return `event ${wrong}: ${JSON.stringify(told[wrong])} instead of ${JSON.stringify(events[wrong])}`;
  return told.length > events.length ? `more than there is: ${JSON.stringify(told[events.length])}` : undefined;
}

/** What happened, as the checker reads it. */
export function historyOf({ events, writing }: CutStream): TrueHistory {
  const history = trueHistory();
  for (const event of events) {
    const object = writing.object(event) as TrueObject;
    if (event.type === "DELETED") history.delete(object);
    else history.put(object);
  }
  return history;
}
