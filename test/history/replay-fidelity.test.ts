import { readdirSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";
import { createApiServer, refused, type ServerAnswer } from "./replay/api-server.ts";
import { forbidden, unauthorized } from "./replay/status.ts";
import { type World, world } from "./replay/world.ts";
import { bodyOf, type Exchange, readRecordings, type Recording } from "./recording.ts";

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

interface Told {
  readonly second: number;
  readonly line: string;
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
  const answer = await clock.run(server.answer(path, query));
  if (typeof answer.body === "string") return { answer, told: [] };
  const reading = read(answer.body.take, clock);
  await clock.advance(1000);
  runTo(one, recording, exchange.to, next);
  return { answer, told: await clock.run(reading) };
}

async function read(take: () => Promise<string | undefined>, clock: VirtualClock): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (let text = await take(); text !== undefined; text = await take()) {
    const second = Math.round(clock.now() / 1000);
    for (const line of text.trimEnd().split("\n")) told.push({ second, line });
  }
  return told;
}

/** Where the recorded server's watch cache began, as it says to those who ask for something older. */
function cacheSince({ exchanges }: Recording): number {
  return Number(/too old resource version: 1 \((\d+)\)/.exec(JSON.stringify(exchanges))?.[1] ?? 0);
}

const isBookmark = ({ line }: Told): boolean =>
  line.startsWith('{"type":"BOOKMARK"') && !line.includes("initial-events-end");

/** A line without what others wrote meanwhile, as bookmarks show it. */
function shape({ line }: Told): string {
  return line.startsWith('{"type":"BOOKMARK"') ? line.replace(/"resourceVersion":"\d+"/, "") : line;
}

/** Bookmarks that the clock brings; the real server may send one more within the second after the end mark. */
function bookmarksOf(told: readonly Told[]): readonly number[] {
  return told.filter((one) => isBookmark(one) && one.second > 1).map(({ second }) => second);
}

function recordedLines(exchange: Exchange, recording: Recording): readonly Told[] {
  if (typeof exchange.body === "string" || "items" in exchange.body) throw new Error(`${exchange.what}: not a watch`);
  const seconds = exchange.body.map((line) => ("line" in line ? line.second : 0));
  const lines = bodyOf(exchange, recording).split("\n").slice(0, -1);
  return lines.map((line, i) => ({ line, second: seconds[i] ?? 0 }));
}

describe.each([...readRecordings()])("%s", (_, recording) => {
  const { about, exchanges } = recording;

  test.each(exchanges.map((exchange) => [exchange.what, exchange] as const))("%s", async (what, exchange) => {
    const { answer: replay, told } = await replayed(recording, exchange);
    const others: Readonly<Record<string, ServerAnswer>> = {
      "what nobody may": refused(unauthorized),
      "what this one may not": refused(forbidden(about, "no-rights")),
    };
    const answer = others[what] ?? replay;
    expect([answer.status, answer.headers]).toEqual([exchange.status, exchange.headers]);
    if (typeof answer.body === "string") {
      // What is read line by line was recorded without its end.
      const end = exchange.path.includes("watch=1") ? "\n" : "";
      const newest = /current: \d+/;
      const recorded = bodyOf(exchange, recording).replace(newest, `current: ${exchange.from}`) + end;
      expect(answer.body).toBe(recorded);
      return;
    }
    const recorded = recordedLines(exchange, recording);
    const but = (lines: readonly Told[]): readonly string[] => lines.filter((one) => !isBookmark(one)).map(shape);
    expect(but(told)).toEqual(but(recorded));
    const [is, was] = [bookmarksOf(told), bookmarksOf(recorded)];
    expect(is.length).toBe(was.length);
    for (const [i, second] of is.entries()) expect(Math.abs(second - (was[i] ?? 0))).toBeLessThanOrEqual(1);
    for (const bookmark of told.filter(isBookmark))
      expect(recorded.filter(isBookmark).map(shape)).toContain(shape(bookmark));
  });
});

test("the recordings are small", () => {
  const files = readdirSync(new URL("recordings", import.meta.url));
  const sizes = files.map((file) => statSync(new URL(`recordings/${file}`, import.meta.url)).size);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(300_000);
});
