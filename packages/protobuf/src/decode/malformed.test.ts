import { readFileSync } from "node:fs";
import { BeyondSchema, ConnectionError, DecodeError, LimitError, type Wanted } from "@kubewright/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelope, type GivenField, joined, message } from "../../../../test/support/protobuf-wire.ts";
import { protobuf } from "../protobuf.ts";

interface GoldenCase {
  readonly kind: string;
  readonly protobuf: string;
}

const golden = JSON.parse(
  readFileSync(new URL("../golden/cases.json", import.meta.url), "utf8"),
) as readonly GoldenCase[];
/** The richest object of each kind. */
const bodies = new Map<string, Uint8Array>();
for (const { kind, protobuf: base64 } of golden) {
  const bytes = Buffer.from(base64, "base64");
  if (kind !== "WatchEvent" && bytes.length > (bodies.get(kind)?.length ?? 0)) bodies.set(kind, new Uint8Array(bytes));
}

const request = { verb: "get", path: "/api/v1/pods" };
const everything: Wanted = { managedFields: true, select: undefined, shareStrings: false };
const little: Wanted = { managedFields: false, select: { spec: {} }, shareStrings: true };

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

type Way = (bytes: Uint8Array) => unknown;

const ways: readonly Way[] = [
  (bytes) => JSON.stringify(protobuf.decode(bytes, request)),
  (bytes) => protobuf.decodeList(chunked(bytes, 600), request, everything, (item) => item),
  (bytes) => protobuf.decodeList(chunked(bytes, 31), request, little, (item) => item),
  (bytes) => firstEvent(joined([lengthOf(bytes), bytes]), everything),
  (bytes) => firstEvent(bytes, little),
];

function firstEvent(bytes: Uint8Array, wanted: Wanted): Promise<unknown> {
  return protobuf.decodeEvents(chunked(bytes, 50), request, wanted)[Symbol.asyncIterator]().next();
}

const lengthOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(new Uint32Array([bytes.length]).buffer).toReversed();

/** Reads bytes; what is thrown must be one of the codec's errors. */
function outcomes(bytes: Uint8Array, all: readonly Way[] = ways): Promise<readonly string[]> {
  return Promise.all(
    all.map(async (way) => {
      try {
        await way(bytes);
        return "read";
      } catch (error) {
        const isTyped =
          error instanceof DecodeError ||
          error instanceof BeyondSchema ||
          error instanceof LimitError ||
          error instanceof ConnectionError;
        if (isTyped) return error.name;
        throw error;
      }
    }),
  );
}

describe("bytes that no server sends", () => {
  test.each([...bodies.keys()])("a %s cut at any byte", async (kind) => {
    const bytes = bodies.get(kind)!;
    // The envelope's last two fields are empty, and it is whole without them.
    const whole = [bytes.length, bytes.length - 2, bytes.length - 4];
    const wrong: number[] = [];
    for (let end = 0; end <= bytes.length; end++) {
      const expected = whole.includes(end) ? "read" : "DecodeError";
      const found = await outcomes(bytes.subarray(0, end), ways.slice(0, 2));
      if (found.some((outcome) => outcome !== expected)) wrong.push(end);
    }
    expect(wrong).toEqual([]);
  });

  test("random ones, with and without a good beginning", async () => {
    const start = envelope({ apiVersion: "v1", kind: "Pod", raw: message() }).slice(0, 4);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await outcomes(bytes);
        await outcomes(joined([start, bytes]));
        for (const kind of ["Pod", "PodList", "Status", "Event"])
          await outcomes(envelope({ apiVersion: "v1", kind, raw: bytes }));
      }),
      { numRuns: 300 },
    );
  });

  test("good ones with some changed", async () => {
    const kinds = [...bodies.keys()];
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), changes, async (kind, all) => {
        const bytes = bodies.get(kind)!.slice();
        for (const [at, byte] of all) bytes[at % bytes.length] = byte;
        await outcomes(bytes);
      }),
      { numRuns: 500 },
    );
  });
});

const pod = (...raw: readonly Uint8Array[]): Uint8Array =>
  envelope({ apiVersion: "v1", kind: "Pod", raw: joined(raw) });
const fields = (...given: readonly GivenField[]): Uint8Array => message(...given);

describe("an error", () => {
  const wrongType = Uint8Array.of(0x08, 1);
  test.each<readonly [string, Uint8Array]>([
    ["of metadata that is a number", pod(wrongType)],
    ["of a name of eight bytes", pod(fields([1, Uint8Array.of(0x09, 0, 0, 0, 0, 0, 0, 0, 0)]))],
    ["of a group within metadata", pod(fields([1, Uint8Array.of(0x0b, 0x0c)]))],
    ["of the end of a group", pod(Uint8Array.of(0x0c))],
    ["of a field with number 0", pod(Uint8Array.of(0x02, 0))],
    ["of a type of the wire that is none", pod(Uint8Array.of(0x0f, 0))],
    ["of a tag with too many bytes", pod(Uint8Array.of(0x8a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1))],
    ["of a number with too many bytes", pod(fields([2, Uint8Array.of(0x20, ...Array<number>(10).fill(0xff), 1)]))],
    ["of a length past the end", pod(Uint8Array.of(0x0a, 5, 1))],
    ["of a length of 2 GiB", pod(Uint8Array.of(0x0a, 0x80, 0x80, 0x80, 0x80, 8))],
    ["of a length of 2^63", pod(Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f))],
    ["of an inner length past the outer end", pod(fields([1, Uint8Array.of(0x0a, 5, 97)], [2, "abcdefgh"]))],
    ["of a number that goes on behind its message", pod(fields([1, Uint8Array.of(0x38, 0x80)], [2, ""]))],
    ["of an encoded content", joined([pod().slice(0, -4), fields([3, "gzip"])])],
    ["of nothing", new Uint8Array(0)],
    ["of JSON", new TextEncoder().encode('{"kind":"Pod"}')],
    ["of no envelope", pod().slice(4)],
  ])("%s says so without a value", async (_, bytes) => {
    expect((await outcomes(bytes)).slice(0, 3)).toEqual(["DecodeError", "DecodeError", "DecodeError"]);
    expect(() => protobuf.decode(bytes, request)).toThrow(
      /^Undecodable: the body is not valid protobuf: .* \(get \/api\/v1\/pods\)$/,
    );
  });

  test("of what is not wanted is none, as long as it is whole", async () => {
    const list = envelope({
      apiVersion: "v1",
      kind: "PodList",
      raw: fields([2, fields([3, Uint8Array.of(0x7a, 1, 1, 0x0f, 0x0f)])]),
    });
    const read = (wanted: Wanted): Promise<unknown> =>
      protobuf.decodeList(chunked(list, 100), request, wanted, (item) => item);
    await expect(read(everything)).rejects.toThrow(DecodeError);
    expect(await read(little)).toMatchObject({ items: [{ metadata: {}, spec: {} }] });
  });
});
