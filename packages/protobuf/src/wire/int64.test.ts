import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readInt64, writeInt64 } from "./int64.ts";
import { createWriter, Reader } from "./wire.ts";

function bytesOf(value: number | bigint): Uint8Array {
  const writer = createWriter();
  writeInt64(writer, value);
  return writer.finishInto(new Uint8Array(writer.pos));
}

/** As the specification says it: groups of seven bits, the lowest first. */
function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

/** What numbers of every length are like. */
const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc
    .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: -2, max: 2 }), fc.boolean())
    .map(([power, near, below]) => BigInt.asIntN(64, (below ? -1n : 1n) * 2n ** BigInt(power) + BigInt(near))),
);

describe("numbers of 64 bits", () => {
  test("come back as they were, as a number where that is exact", () => {
    fc.assert(
      fc.property(int64, fc.uint8Array({ maxLength: 12 }), (value, behind) => {
        const exact = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
        const written = bytesOf(exact ? Number(value) : value);
        expect([...written]).toEqual(varint(value));
        expect([...bytesOf(value)]).toEqual([...written]);
        const reader = new Reader(Uint8Array.from([...written, ...behind]));
        expect(readInt64(reader)).toBe(exact ? Number(value) : value);
        expect(reader.pos).toBe(written.length);
      }),
    );
  });

  test("with zeros in front are what they are without", () => {
    expect(readInt64(new Reader(Uint8Array.of(0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0)))).toBe(1);
  });

  test("that are cut, or longer than ten bytes, are an error", () => {
    fc.assert(
      fc.property(int64, (value) => {
        const bytes = bytesOf(value);
        for (let length = 0; length < bytes.length; length++)
          expect(() => readInt64(new Reader(bytes.subarray(0, length)))).toThrow(RangeError);
      }),
    );
    expect(() => readInt64(new Reader(Uint8Array.from([...Array<number>(10).fill(128), 1])))).toThrow(
      "more than ten bytes",
    );
  });
});
