import type { Reader, Writer } from "./wire.ts";

/**
 * Reads a varint of 64 bits, signed; a bigint where a number would not be exact.
 *
 * @throws Error past the end, or when it has more than ten bytes
 */
export function readInt64(reader: Reader): number | bigint {
  const start = reader.pos;
  reader.skip();
  const { buf, pos } = reader;
  if (pos - start > 10) throw new RangeError("a number has more than ten bytes");
  // Nearly all of them; 49 bits are exact, and below zero it has ten bytes.
  if (pos - start <= 7) {
    let value = 0;
    for (let i = pos - 1; i >= start; i--) value = value * 128 + (buf[i]! & 127);
    return value;
  }
  let bits = 0n;
  for (let i = pos - 1; i >= start; i--) bits = (bits << 7n) | BigInt(buf[i]! & 127);
  const value = BigInt.asIntN(64, bits);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Writes a whole number of 64 bits, signed, as a varint. A number must be a safe integer. */
export function writeInt64(writer: Writer, value: number | bigint): void {
  if (typeof value === "number") writer.int64(value);
  else writer.int64({ low: half(value), high: half(value >> 32n), unsigned: false });
}

function half(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}
