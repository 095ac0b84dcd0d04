import { BeyondSchema, type Fields, parseJson } from "@kubewright/core";
import { holdFields } from "../lazy/fields-v1.ts";
import { valueKinds } from "../schema/message.ts";
import { readInt64 } from "../wire/int64.ts";
import { base64, utf8 } from "./bytes.ts";
import { endOfValue, type Input } from "./input.ts";
import { Malformed, tooLong, unknownField } from "./malformed.ts";
import type { PlannedField } from "./plan.ts";
import { readText } from "./read-text.ts";
import { microTimeText, timeText, zeroTime } from "./times.ts";

/** Reads a value that is something else in JSON than its bytes or its message. It ends at `end`. */
export function readSpecial(field: PlannedField, input: Input, end: number): unknown {
  switch (field.kind) {
    case valueKinds.bytes:
      return base64(input.buf, input.pos, end);
    case valueKinds.time:
    case valueKinds.microTime:
      return readTime(field, input, end);
    case valueKinds.quantity:
      return readQuantity(field, input, end);
    case valueKinds.intOrString:
      return readIntOrString(field, input, end);
    default:
      return readJson(field, input, end);
  }
}

function readTime(field: PlannedField, input: Input, end: number): string | null {
  // Nothing is Go's zero, 0 is 1970.
  if (input.pos === end) return null;
  let seconds: number | bigint = 0;
  let nanoseconds = 0;
  while (input.pos < end) {
    const tag = input.tag();
    if (tag === 8) seconds = readInt64(input);
    else if (tag === 16) nanoseconds = input.int32();
    else throw unknownField(tag, field.key);
  }
  if (input.pos !== end) throw tooLong();
  if (field.kind === valueKinds.time) return seconds === zeroTime ? null : timeText(seconds);
  const microseconds = Math.trunc(nanoseconds / 1000);
  return seconds === zeroTime && microseconds === 0 ? null : microTimeText(seconds, microseconds);
}

function readQuantity(field: PlannedField, input: Input, end: number): string {
  const stop = onlyValue(input, end, field.key);
  if (stop === undefined) return "0";
  if (stop === input.pos) throw new Malformed("it has a quantity without a text");
  return readText(input, stop, field);
}

function readIntOrString(field: PlannedField, input: Input, end: number): string | number {
  let type: number | bigint = 0;
  let number = 0;
  let text = "";
  while (input.pos < end) {
    const tag = input.tag();
    if (tag === 8) type = readInt64(input);
    else if (tag === 16) number = input.int32();
    else if (tag === 26) text = readText(input, endOfValue(input, end), field);
    else throw unknownField(tag, field.key);
  }
  if (input.pos !== end) throw tooLong();
  if (type === 0) return number;
  if (type === 1) return text;
  throw new Malformed("it has a value that is neither number nor text");
}

function readJson(field: PlannedField, input: Input, end: number): unknown {
  const text = jsonText(field, input, end);
  if (text === undefined) return null;
  try {
    return parseJson(text);
  } catch {
    throw new Malformed("a field that should hold JSON does not");
  }
}

/** Reads a field that is JSON, or will be when it is asked for. */
export function readLazy(object: Fields, field: PlannedField, input: Input, end: number): void {
  const text = jsonText(field, input, end);
  if (text === undefined) object[field.key] = null;
  else holdFields(object, text);
}

function jsonText(field: PlannedField, input: Input, end: number): string | undefined {
  const stop = onlyValue(input, end, field.key);
  if (stop === undefined) return undefined;
  const { buf, pos } = input;
  // No JSON begins so, and all of CBOR that Kubernetes may write does.
  if (stop > pos && buf[pos]! >= 0x80) throw new BeyondSchema(`${field.key} that is not JSON`);
  input.pos = stop;
  return utf8(buf, pos, stop);
}

/** Goes to the value of the only field, number 1, and says where that ends; undefined without one. */
export function onlyValue(input: Input, end: number, where: string): number | undefined {
  let start = 0;
  let stop: number | undefined;
  while (input.pos < end) {
    const tag = input.tag();
    if (tag !== 10) throw unknownField(tag, where);
    stop = endOfValue(input, end);
    start = input.pos;
    input.pos = stop;
  }
  if (input.pos !== end) throw tooLong();
  if (stop !== undefined) input.pos = start;
  return stop;
}
