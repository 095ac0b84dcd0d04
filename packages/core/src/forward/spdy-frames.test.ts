import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spdy, toldFrames } from "../../../../test/support/spdy-server.ts";
import { createFrameReader, dataFrames, endFrame, openFrame, pingFrame, type TunnelFrame } from "./spdy-frames.ts";

/** What a reader tells of these chunks, pieces of data joined. */
function read(chunks: readonly Uint8Array[]): TunnelFrame[] {
  const told: TunnelFrame[] = [];
  const reader = createFrameReader((frame) => {
    const last = told.at(-1);
    if (frame.type === "data" && last?.type === "data" && last.stream === frame.stream)
      told[told.length - 1] = { ...last, data: new Uint8Array([...last.data, ...frame.data]) };
    else told.push(frame.type === "data" ? { ...frame, data: frame.data.slice() } : frame);
  });
  for (const chunk of chunks) reader(chunk);
  return told;
}

/** The same bytes, cut at these offsets. */
function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const offsets = [0, ...at.map((one) => one % (bytes.byteLength + 1)).toSorted((a, b) => a - b), bytes.byteLength];
  return offsets.slice(1).map((end, index) => bytes.subarray(offsets[index], end));
}

const stream = fc.integer({ min: 1, max: 0x7fffffff });
const frame: fc.Arbitrary<{ readonly bytes: Uint8Array; readonly says: readonly TunnelFrame[] }> = fc.oneof(
  fc.tuple(stream, fc.boolean()).map(([id, ends]) => ({
    bytes: spdy.reply(id, ends ? 1 : 0),
    says: [{ type: "reply", stream: id } as const, ...(ends ? [{ type: "end", stream: id } as const] : [])],
  })),
  fc.tuple(stream, fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.boolean()).map(([id, data, ends]) => ({
    bytes: spdy.data(id, data, ends),
    says: [{ type: "data", stream: id, data } as const, ...(ends ? [{ type: "end", stream: id } as const] : [])],
  })),
  stream.map((id) => ({ bytes: spdy.end(id), says: [{ type: "end", stream: id } as const] })),
  fc.tuple(stream, fc.integer({ min: 1, max: 11 })).map(([id, status]) => ({
    bytes: spdy.reset(id, status),
    says: [{ type: "reset", stream: id, status } as const],
  })),
  stream.map((id) => ({ bytes: spdy.ping(id), says: [{ type: "ping", id } as const] })),
  stream.map((id) => ({ bytes: spdy.headers(id, 1), says: [{ type: "end", stream: id } as const] })),
  fc.constantFrom(spdy.settings(), spdy.window(1), spdy.headers(3)).map((bytes) => ({ bytes, says: [] })),
  fc.constant({ bytes: spdy.goAway(), says: [{ type: "goAway" } as const] }),
);

const joined = (told: readonly TunnelFrame[]): TunnelFrame[] =>
  told.reduce<TunnelFrame[]>((all, one) => {
    const last = all.at(-1);
    if (one.type !== "data" || last?.type !== "data" || last.stream !== one.stream) return [...all, one];
    return [...all.slice(0, -1), { ...last, data: new Uint8Array([...last.data, ...one.data]) }];
  }, []);

describe("what comes", () => {
  test("any frames say the same, wherever they are cut", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 30 }), (frames, at) => {
        const bytes = new Uint8Array(frames.flatMap((one) => [...one.bytes]));
        expect(read(cut(bytes, at))).toEqual(joined(frames.flatMap(({ says }) => says)));
      }),
      { numRuns: 500 },
    );
  });

  test("any bytes, cut anywhere: the same is told, at most one thing is malformed, and nothing follows it", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      // Nearly a frame.
      fc.tuple(frame, fc.nat(15), fc.nat(255)).map(([{ bytes: right }, at, value]) => {
        const wrong = right.slice();
        wrong[at % wrong.length] = value;
        return new Uint8Array([...wrong, ...spdy.ping(1), ...spdy.end(1)]);
      }),
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 30 }), (given, at) => {
        const told = read(cut(given, at));
        expect(told).toEqual(read([given]));
        const malformed = told.findIndex(({ type }) => type === "malformed");
        expect(malformed === -1 || malformed === told.length - 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("data is handed on as it comes, as views, however large its frame says it is", () => {
    const told: TunnelFrame[] = [];
    const reader = createFrameReader((one) => void told.push(one));
    reader(new Uint8Array([0, 0, 0, 5, 0, 0xff, 0xff, 0xff]));
    const piece = new Uint8Array(1000);
    reader(piece);
    expect(told).toEqual([{ type: "data", stream: 5, data: piece }]);
    expect((told[0] as { readonly data: Uint8Array }).data.buffer).toBe(piece.buffer);
  });

  test.each([
    ["another version", new Uint8Array([0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1]), "a frame of version 2"],
    [
      "a control frame of 16 MB",
      new Uint8Array([0x80, 3, 0, 2, 0, 0xff, 0xff, 0xff]),
      "a control frame of 16777215 bytes",
    ],
    [
      "a stream that the server opens",
      new Uint8Array([0x80, 3, 0, 1, 0, 0, 0, 4, 0, 0, 0, 2]),
      "a control frame of type 1",
    ],
    [
      "half a reset",
      new Uint8Array([0x80, 3, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1]),
      "a control frame of type 3 that is cut off",
    ],
    ["data of no stream", new Uint8Array([0, 0, 0, 0, 0, 0, 0, 1, 65]), "data of no stream"],
  ])("%s is malformed", (_, bytes, why) => {
    expect(read([bytes, spdy.ping(1)])).toEqual([{ type: "malformed", why }]);
  });
});

describe("what is sent", () => {
  test("streams are asked for with any headers, all blocks being one stream of zlib", () => {
    const headers = fc.dictionary(fc.stringMatching(/^[a-z]{1,20}$/), fc.string({ maxLength: 300 }), { maxKeys: 8 });
    fc.assert(
      fc.property(fc.array(fc.record({ headers, ends: fc.boolean() }), { maxLength: 6 }), (asked) => {
        const frames = asked.map((one, index) => openFrame({ ...one, stream: 2 * index + 1, isFirst: index === 0 }));
        expect(toldFrames(frames)).toEqual(
          asked.map((one, index) => ({ ...one, headers: { ...one.headers }, type: "open", stream: 2 * index + 1 })),
        );
      }),
    );
  });

  test("data of any size is the same bytes in frames of at most 64 KiB, as copies, and no frame for none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 1, max: 255 }), (size, factor) => {
        const data = Uint8Array.from({ length: size }, (_, index) => (index * factor) % 256);
        const frames = [...dataFrames(7, data)];
        const told = toldFrames(frames).map((one) => (one.type === "data" ? one : undefined));
        expect(Buffer.concat(told.map((one) => one?.data ?? new Uint8Array(0))).equals(data)).toBe(true);
        expect(
          told.every((one) => one?.stream === 7 && !one.ends && one.data.length > 0 && one.data.length <= 65_536),
        ).toBe(true);
        expect(frames.every(({ buffer }) => buffer !== data.buffer)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("an end, and a ping", () => {
    expect(toldFrames([endFrame(3), pingFrame(5)])).toEqual([
      { type: "data", stream: 3, data: new Uint8Array(0), ends: true },
      { type: "ping", id: 5 },
    ]);
  });
});
