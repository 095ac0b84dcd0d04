import { readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";
import { envelope, enveloped, frame, framed, textAt, withText } from "../support/protobuf-wire.ts";
import { createApiServer, type ServerAnswer } from "./replay/api-server.ts";
import { forbidden, type Refusal, unauthorized } from "./replay/status.ts";
import { type World, world } from "./replay/world.ts";
import { encodings, type Exchange, isProtobuf, partsOf, readRecordings, type Recording } from "./recording.ts";

// What the replay answers is held against what the real server answered in the same situation, byte for byte. Only when bookmarks come
// while the collection changes, and what else was written meanwhile, differs from run to run.

/** The recorded history up to a version, and no further. */
function runTo(one: World, { events }: Recording, version: string, from = 0): number {
  let next = from;
  while (next < events.length && Number(events[next]?.resourceVersion) <= Number(version)) {
    one.change();
    next += 1;
  }
  if (Number(version) > one.revision) one.writeElsewhere(Number(version));
  return next;
}

/** A part of a watch, and when it came. */
interface Told {
  readonly second: number;
  readonly part: Uint8Array;
}

async function replayed(
  recording: Recording,
  exchange: Exchange,
): Promise<{ answer: ServerAnswer; told: readonly Told[] }> {
  const clock = createVirtualClock();
  const one = world(recording);
  const next = runTo(one, recording, exchange.from);
  one.compact(Number(exchange.compacted));
  const server = createApiServer({ world: one, clock, cacheSince: cacheSince(recording) });
  const [path = "", query = ""] = exchange.path.split("?");
  const refused: Readonly<Record<string, Refusal>> = {
    "what nobody may": unauthorized,
    "what this one may not": forbidden(recording.about, "no-rights"),
  };
  const refusal = refused[exchange.what];
  if (refusal !== undefined) return { answer: server.refuse(refusal, exchange.accepts), told: [] };
  const answer = await clock.run(server.answer(path, query, exchange.accepts));
  if (answer.body instanceof Uint8Array) return { answer, told: [] };
  const reading = read(answer.body.take, clock);
  await clock.advance(1000);
  runTo(one, recording, exchange.to, next);
  return { answer, told: await clock.run(reading) };
}

async function read(take: () => Promise<readonly Uint8Array[] | undefined>, clock: VirtualClock): Promise<Told[]> {
  const told: Told[] = [];
  for (let parts = await take(); parts !== undefined; parts = await take()) {
    const second = Math.round(clock.now() / 1000);
    for (const part of parts) told.push({ second, part });
  }
  return told;
}

/** Where the recorded server's watch cache began, as it says to those who ask for something older. */
function cacheSince({ exchanges }: Recording): number {
  return Number(/too old resource version: 1 \((\d+)\)/.exec(JSON.stringify(exchanges))?.[1] ?? 0);
}

/** A part of a watch as the test compares it: the line, or the frame in base64. */
interface Shown {
  readonly second: number;
  readonly text: string;
  /** Whether it came with time; the end mark of a collection did not. */
  readonly bookmark: boolean;
}

/** Of bookmarks the version is left out, for it is one of what others wrote meanwhile. */
function shown({ second, part }: Told, protobuf: boolean): Shown {
  const bytes = Buffer.from(part);
  const bookmark = !bytes.includes("k8s.io/initial-events-end");
  if (!protobuf) {
    const text = bytes.toString();
    if (!text.startsWith('{"type":"BOOKMARK"')) return { second, text, bookmark: false };
    return { second, text: text.replace(/"resourceVersion":"\d+"/, ""), bookmark };
  }
  const { type, raw, ...kind } = framed(part);
  if (type !== "BOOKMARK") return { second, text: bytes.toString("base64"), bookmark: false };
  const without = frame(type, envelope({ ...kind, raw: withText(raw, [1, 6], "") }));
  return { second, text: Buffer.from(without).toString("base64"), bookmark };
}

function recordedParts(exchange: Exchange, recording: Recording): readonly Told[] {
  if (typeof exchange.body === "string" || "items" in exchange.body) throw new Error(`${exchange.what}: not a watch`);
  const seconds = exchange.body.map((line) => ("line" in line ? line.second : 0));
  return partsOf(exchange, recording).map((part, i) => ({ part, second: seconds[i] ?? 0 }));
}

/** A whole body as the test compares it, with the version that is the newest here. */
function wholeBody(body: Uint8Array, protobuf: boolean, newest: string): string {
  const current = (text: string): string => text.replace(/current: \d+/, `current: ${newest}`);
  if (!protobuf) return current(Buffer.from(body).toString());
  const { raw, ...kind } = enveloped(body);
  if (kind.kind !== "Status") return Buffer.from(body).toString("base64");
  const status = envelope({ ...kind, raw: withText(raw, [3], current(textAt(raw, 3))) });
  return Buffer.from(status).toString("base64");
}

describe.each([...readRecordings()])("%s", (_, recording) => {
  const { exchanges } = recording;

  test.each(exchanges.map((exchange) => [exchange.what, exchange.accepts, exchange] as const))(
    "%s, %s",
    async (_what, _accepts, exchange) => {
      const { answer, told } = await replayed(recording, exchange);
      expect([answer.status, answer.headers]).toEqual([exchange.status, exchange.headers]);
      const protobuf = isProtobuf(exchange.headers["content-type"]);
      if (answer.body instanceof Uint8Array) {
        const [recorded = new Uint8Array()] = partsOf(exchange, recording);
        const [is, was] = [answer.body, recorded].map((body) => wholeBody(body, protobuf, exchange.from));
        expect(is).toBe(was);
        return;
      }
      const [is, was] = [told, recordedParts(exchange, recording)].map((parts) =>
        parts.map((part) => shown(part, protobuf)),
      ) as [Shown[], Shown[]];
      const texts = (parts: readonly Shown[], bookmark: boolean): readonly string[] =>
        parts.filter((part) => part.bookmark === bookmark).map(({ text }) => text);
      expect(texts(is, false)).toEqual(texts(was, false));
      // The real server may send one more within the second after the end mark, and one more shortly before the last.
      const seconds = (parts: readonly Shown[]): readonly number[] => {
        const all = parts.filter(({ second, bookmark }) => bookmark && second > 1).map(({ second }) => second);
        return all.filter((second, i) => (all[i + 1] ?? Infinity) - second > 2);
      };
      expect(seconds(is).length).toBe(seconds(was).length);
      for (const [i, second] of seconds(is).entries())
        expect(Math.abs(second - (seconds(was)[i] ?? 0))).toBeLessThanOrEqual(1);
      for (const bookmark of texts(is, true)) expect(texts(was, true)).toContain(bookmark);
    },
  );
});

test("the recordings hold every exchange in both encodings, and protobuf wherever the server has it", () => {
  for (const { about, events, exchanges } of readRecordings().values()) {
    for (const accepts of encodings)
      expect(exchanges.filter((one) => one.accepts === accepts).length).toBe(exchanges.length / 2);
    expect(events.every(({ raw }) => (raw !== undefined) === (about.group === ""))).toBe(true);
  }
});

test("the recordings are small", () => {
  const files = readdirSync(new URL("recordings", import.meta.url));
  const sizes = files.map((file) => statSync(new URL(`recordings/${file}`, import.meta.url)).size);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(600_000);
});
