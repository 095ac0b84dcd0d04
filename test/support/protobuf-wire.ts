/** A field of a message: its number, and a varint, or what has a length. */
export type WireField = readonly [number: number, value: bigint | Uint8Array];

/** The same as a test gives it; text is UTF-8. */
export type GivenField = readonly [number: number, value: number | bigint | string | Uint8Array];

const encoder = new TextEncoder();
const magic = encoder.encode("k8s\0");

// Written once more, and simply, for what is judged must not judge itself.

/** A message of these fields, in their order. Varints of 64 bits, negative ones too. */
export function message(...fields: readonly GivenField[]): Uint8Array {
  return joined(
    fields.map(([number, given]) => {
      if (typeof given === "number" || typeof given === "bigint") return joined([varint(number * 8), varint(given)]);
      const bytes = typeof given === "string" ? encoder.encode(given) : given;
      return joined([varint(number * 8 + 2), varint(bytes.length), bytes]);
    }),
  );
}

/** The fields of a message as they stand there. Throws for what is neither a varint nor has a length. */
export function fieldsOf(bytes: Uint8Array): readonly WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const next = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("the message ends within a number");
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(next());
    if (tag % 8 === 0) {
      fields.push([tag >> 3, next()]);
      continue;
    }
    if (tag % 8 !== 2) throw new Error(`field ${tag >> 3} has wire type ${tag % 8}`);
    const length = Number(next());
    if (at + length > bytes.length) throw new Error(`field ${tag >> 3} is longer than its message`);
    fields.push([tag >> 3, bytes.subarray(at, at + length)]);
    at += length;
  }
  return fields;
}

/** The bytes of the field, or of the one within it that the path leads to; nothing where there is none. */
export function bytesAt(bytes: Uint8Array, ...[number, ...path]: readonly number[]): Uint8Array {
  const value = fieldsOf(bytes).find(([one]) => one === number)?.[1];
  if (value === undefined) return new Uint8Array();
  if (!(value instanceof Uint8Array)) throw new Error(`field ${number} is a number`);
  return path.length === 0 ? value : bytesAt(value, ...path);
}

/** The text at the path. */
export function textAt(bytes: Uint8Array, ...path: readonly number[]): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesAt(bytes, ...path));
}

/** The message with another text at the path, where there is one already. */
export function withText(bytes: Uint8Array, [number, ...path]: readonly number[], text: string): Uint8Array {
  return message(
    ...fieldsOf(bytes).map(([one, value]) => {
      if (one !== number || !(value instanceof Uint8Array)) return [one, value] as const;
      return [one, path.length === 0 ? text : withText(value, path, text)] as const;
    }),
  );
}

/** An object out of its envelope. */
export interface Enveloped {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Uint8Array;
}

/** What stands in every body, and in every event of a watch. */
export function envelope({ apiVersion, kind, raw }: Enveloped): Uint8Array {
  const unknown = message([1, message([1, apiVersion], [2, kind])], [2, raw], [3, ""], [4, ""]);
  return joined([magic, unknown]);
}

/** Opens an envelope. */
export function enveloped(bytes: Uint8Array): Enveloped {
  if (!magic.every((byte, i) => bytes[i] === byte)) throw new Error("it does not begin with k8s");
  const unknown = bytes.subarray(magic.length);
  return { apiVersion: textAt(unknown, 1, 1), kind: textAt(unknown, 1, 2), raw: bytesAt(unknown, 2) };
}

/** An event of a watch, its length before it. `object` is in its envelope. */
export function frame(type: string, object: Uint8Array): Uint8Array {
  const event = message([1, type], [2, message([1, object])]);
  return joined([lengthOf(event), event]);
}

/** What a frame says. */
export function framed(bytes: Uint8Array): Enveloped & { readonly type: string } {
  const event = bytes.subarray(4);
  return { type: textAt(event, 1), ...enveloped(bytesAt(event, 2, 1)) };
}

/** The frames that are whole, each with its length, and the bytes after them. */
export function splitFrames(bytes: Uint8Array): { readonly frames: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const frames: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) break;
    frames.push(bytes.subarray(at, end));
    at = end;
  }
  return { frames, rest: bytes.subarray(at) };
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return length;
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}

/** These bytes, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
