import { describe, expect, test } from "vitest";
import { encode } from "../../../../../test/support/text.ts";
import { DecodeError, LimitError } from "../../errors/body-errors.ts";
import { isExpired } from "../../errors/guards.ts";
import { StatusError } from "../../errors/status-error.ts";
import { ConnectionError } from "../../errors/transport-errors.ts";
import { systemClock } from "../../time/clock.ts";
import type { ApiResponse } from "../../transport/transport.ts";
import type { WatchEvent } from "../../types/results.ts";
import { createCodecs } from "../codecs.ts";
import { json } from "./json.ts";

const codecs = createCodecs([json], systemClock);
const request = { verb: "watch", path: "/api/v1/pods" };

function respond(chunks: Iterable<Uint8Array>, type = "application/json;stream=watch"): ApiResponse & { left: number } {
  return {
    status: 200,
    left: 0,
    headers: { get: () => type },
    discard() {
      this.left++;
    },
    body: {
      async *[Symbol.asyncIterator]() {
        yield* chunks;
      },
    },
  };
}

interface Outcome {
  readonly events: WatchEvent<unknown>[];
  readonly error: unknown;
}

async function collect(...chunks: (string | Uint8Array)[]): Promise<Outcome> {
  const events: WatchEvent<unknown>[] = [];
  try {
    const parts = chunks.map((chunk) => (typeof chunk === "string" ? encode(chunk) : chunk));
    for await (const event of await codecs.events(respond(parts), request)) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
}

const types = ["ADDED", "MODIFIED", "DELETED", "BOOKMARK"] as const;
const events = Array.from({ length: 200 }, (_, i) => ({
  type: types[i % 4],
  object: { kind: "Pod", apiVersion: "v1", metadata: { name: `p${i}`, note: i % 7 ? '"}\\\n' : "ä€😀\u2028" } },
}));
const bytes = encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));

describe("events of a watch in JSON", () => {
  test("gives type and object, in order, at any chunk size", async () => {
    for (const size of [1, 2, 3, 7, 64, 1000, bytes.length]) {
      const chunks: Uint8Array[] = [];
      for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.subarray(i, i + size));
      expect(await collect(...chunks)).toEqual({ events, error: undefined });
    }
  });

  test("cut at any byte: every whole event, then an error unless the cut is a border", async () => {
    let whole = 0;
    // Of fifty events: each cut reads them all again.
    const lines = bytes.reduce<number[]>((ends, byte, at) => (byte === 10 ? [...ends, at + 1] : ends), []);
    for (let end = 0; end <= lines[49]!; end++) {
      if (bytes[end - 1] === 10) whole++;
      const outcome = await collect(bytes.subarray(0, end));
      const atBorder = end === 0 || bytes[end - 1] === 10;
      const justBefore = bytes[end] === 10; // the object is complete, only its newline is missing
      expect(outcome.events.length).toBe(whole + (justBefore ? 1 : 0));
      if (atBorder || justBefore) expect(outcome.error).toBeUndefined();
      else expect(outcome.error).toBeInstanceOf(ConnectionError);
    }
    expect(whole).toBe(50);
  });

  test("empty lines are not events", async () => {
    expect((await collect("\n\n", bytes, "\n")).events).toHaveLength(200);
  });

  test.each([
    "not json",
    " ",
    "\r",
    "null",
    "[]",
    "1",
    "{}",
    '{"type":"ADDED"}',
    '{"type":"ADDED","object":null}',
    '{"type":"ADDED","object":[]}',
    '{"object":{}}',
    '{"type":"PATCHED","object":{}}',
    '{"type":"added","object":{}}',
    '{"type":"ERROR","object":{"kind":"Pod"}}',
    '{"type":"ADDED","object":{}}{"type":"ADDED","object":{}}',
    '{"type":"ADDED","object":{}',
  ])("a line %j is an error, never skipped", async (line) => {
    const outcome = await collect('{"type":"ADDED","object":{}}\n', `${line}\n`, '{"type":"ADDED","object":{}}\n');
    expect(outcome.events).toHaveLength(1);
    expect(outcome.error).toBeInstanceOf(DecodeError);
    expect(String(outcome.error)).toMatch(/\(watch \/api\/v1\/pods\)$/);
  });

  test("a line that is not UTF-8 is an error", async () => {
    const { error } = await collect(
      new Uint8Array([...encode('{"type":"ADDED","object":{"a":"'), 0xff, ...encode('"}}\n')]),
    );
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).toMatch(/\(watch \/api\/v1\/pods\)$/);
  });

  test("an ERROR event without a code is the server's failure", async () => {
    const { error } = await collect('{"type":"ERROR","object":{"kind":"Status","message":"broken"}}\n');
    expect(error).toMatchObject({ name: "StatusError", statusCode: 500 });
  });

  test("an ERROR event is thrown as its Status", async () => {
    const status = {
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      message: "too old resource version",
      reason: "Expired",
      code: 410,
    };
    const { events, error } = await collect(
      '{"type":"ADDED","object":{}}\n',
      `${JSON.stringify({ type: "ERROR", object: status })}\n`,
      "x\n",
    );
    expect(events).toHaveLength(1);
    expect(error).toBeInstanceOf(StatusError);
    expect(error).toMatchObject({ statusCode: 410, status });
    expect(isExpired(error)).toBe(true);
  });

  test("integers beyond 2^53 stay", async () => {
    const { events } = await collect('{"type":"ADDED","object":{"a":12345678901234567890}}\n');
    expect(JSON.stringify(events)).toBe('[{"type":"ADDED","object":{"a":12345678901234567890}}]');
  });

  test("an event has a ceiling", async () => {
    const { error } = await collect(
      '{"type":"ADDED","object":{"a":"',
      ...Array<Uint8Array>(33).fill(new Uint8Array(1024 * 1024).fill(0x61)),
    );
    expect(error).toBeInstanceOf(LimitError);
  });

  test("another content type is refused and its body let go", async () => {
    const response = respond([bytes], "text/html");
    await expect(codecs.events(response, request)).rejects.toThrow(DecodeError);
    expect(response.left).toBe(1);
  });

  test("the connection's error and an abort's reason pass through", async () => {
    for (const reason of [new ConnectionError("broken"), "mine"]) {
      const chunks = (function* (): Generator<Uint8Array> {
        yield bytes.subarray(0, 20);
        throw reason as Error;
      })();
      await expect((await codecs.events(respond(chunks), request)).next()).rejects.toBe(reason);
    }
  });

  test("leaving the loop ends the body", async () => {
    let ended = false;
    const chunks = (function* (): Generator<Uint8Array> {
      try {
        yield bytes;
      } finally {
        ended = true;
      }
    })();
    for await (const _ of await codecs.events(respond(chunks), request)) break;
    expect(ended).toBe(true);
  });
});
