import { isRawJson } from "@kubewright/core";
import { type ValueKind, valueKinds } from "../schema/message.ts";
import { writeInt64 } from "../wire/int64.ts";
import type { Writer } from "../wire/wire.ts";
import { mustBe } from "./plain.ts";
import { readTime, zeroSeconds } from "./read-time.ts";

/** Writes a value that holds no others, without its tag. Gives what is wrong with it if it cannot be written, `it must be …`. */
export function writeValue(writer: Writer, kind: ValueKind, value: unknown): string | undefined {
  switch (kind) {
    case valueKinds.string:
      return writeText(writer, value);
    case valueKinds.bool:
      if (typeof value !== "boolean") return mustBe("true or false", value);
      writer.bool(value);
      return undefined;
    case valueKinds.int32:
      return writeInt32(writer, value);
    case valueKinds.int64:
      return writeLong(writer, value);
    case valueKinds.double:
      return writeDouble(writer, value);
    case valueKinds.bytes:
      return writeBytes(writer, value);
    case valueKinds.time:
      return writeTime(writer, value);
    case valueKinds.microTime:
      return writeMicroTime(writer, value);
    case valueKinds.quantity:
      return writeQuantity(writer, value);
    case valueKinds.intOrString:
      return writeIntOrString(writer, value);
    default:
      throw new Error(`values of kind ${kind} hold others`);
  }
}

export function writeText(writer: Writer, value: unknown): string | undefined {
  if (typeof value !== "string") return mustBe("text", value);
  const start = writer.pos;
  writer.string(value);
  // Long, or more bytes than characters: perhaps not only ASCII.
  if (writer.pos - start !== value.length + 1 && half.test(value)) return "it holds half of a surrogate pair";
  return undefined;
}

const half = /\p{Surrogate}/u;

function writeInt32(writer: Writer, value: unknown): string | undefined {
  if (typeof value !== "number" || (value | 0) !== value) return notWhole(32, value);
  writer.int32(value);
  return undefined;
}

function writeLong(writer: Writer, value: unknown): string | undefined {
  if (Number.isSafeInteger(value)) {
    writeInt64(writer, value as number);
    return undefined;
  }
  const digits = isRawJson(value) ? value.rawJSON : typeof value === "number" ? String(value) : "";
  if (!/^-?\d+$/.test(digits)) return notWhole(64, value);
  // A double of that size: JSON has fewer digits of it than it is.
  const exact = BigInt(digits);
  if (BigInt.asIntN(64, exact) !== exact) return notWhole(64, value);
  writeInt64(writer, exact);
  return undefined;
}

function notWhole(bits: number, value: unknown): string {
  const what = `a whole number of ${bits} bits`;
  return typeof value === "number" || isRawJson(value) ? `it must be ${what}` : mustBe(what, value);
}

function writeDouble(writer: Writer, value: unknown): string | undefined {
  const number = isRawJson(value) ? Number(value.rawJSON) : value;
  if (typeof number !== "number") return mustBe("a number", value);
  if (!Number.isFinite(number)) return "it must be a number that a double can hold";
  writer.double(number);
  return undefined;
}

function writeBytes(writer: Writer, value: unknown): string | undefined {
  if (typeof value !== "string") return mustBe("bytes as base64 text", value);
  // As Go reads them: padded, lines may be broken.
  const text = value.replaceAll(/[\r\n]/g, "");
  if (text.length % 4 !== 0 || !base64.test(text))
    return "it must be bytes as base64 text, of the standard alphabet and padded";
  writer.bytes(text);
  return undefined;
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** As Go writes them: nothing is the zero time. */
function writeTime(writer: Writer, value: unknown): string | undefined {
  if (typeof value !== "string") return mustBe("a time as text", value);
  const time = readTime(value);
  if (time === undefined) return "it must be a time in RFC 3339, such as 2026-01-31T12:00:00Z";
  if (time.seconds === zeroSeconds) writer.uint32(0);
  else writeMoment(writer, time.seconds, 0);
  return undefined;
}

function writeMicroTime(writer: Writer, value: unknown): string | undefined {
  if (typeof value !== "string") return mustBe("a time as text", value);
  const time = /[.,]\d{6}(?!\d)/.test(value) ? readTime(value) : undefined;
  if (time === undefined)
    return "it must be a time in RFC 3339 with exactly six digits after the second (microseconds); microTime() writes it";
  if (time.seconds === zeroSeconds && time.nanos === 0) writer.uint32(0);
  else writeMoment(writer, time.seconds, time.nanos);
  return undefined;
}

function writeMoment(writer: Writer, seconds: number, nanos: number): void {
  writer.fork().uint32(tags.seconds);
  writeInt64(writer, seconds);
  writer.uint32(tags.nanos).uint32(nanos).ldelim();
}

/** The text as it is: Go reads it, and writes it in the canonical way. */
function writeQuantity(writer: Writer, value: unknown): string | undefined {
  const text = isRawJson(value) ? value.rawJSON : typeof value === "number" ? JSON.stringify(value) : value;
  if (typeof text !== "string") return mustBe("a quantity, text or a number", value);
  writer.fork().uint32(tags.quantity);
  const problem = writeText(writer, text.trim());
  writer.ldelim();
  return problem;
}

function writeIntOrString(writer: Writer, value: unknown): string | undefined {
  let problem: string | undefined;
  writer.fork();
  if (typeof value === "string") {
    writer.uint32(tags.type).uint32(1).uint32(tags.strVal);
    problem = writeText(writer, value);
  } else if (typeof value === "number") {
    writer.uint32(tags.intVal);
    problem = writeInt32(writer, value);
  } else problem = mustBe("a whole number or text", value);
  writer.ldelim();
  return problem;
}

/** Of the messages that have a JSON of their own: the number of a field times 8, and its wire type. */
const tags = { seconds: 8, nanos: 16, quantity: 10, type: 8, intVal: 16, strVal: 26 };
