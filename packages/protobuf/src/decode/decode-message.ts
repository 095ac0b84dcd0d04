import { BeyondSchema, type Fields, selectBelow, setField } from "@kubewright/core";
import { valueKinds } from "../schema/message.ts";
import { endOfValue, type Input } from "./input.ts";
import { tooLong, unknownField } from "./malformed.ts";
import { type Plan, type PlannedField, ways } from "./plan.ts";
import { readOther } from "./read-other.ts";
import { readScalar } from "./read-scalar.ts";
import { readLazy, readSpecial } from "./read-special.ts";
import { readText } from "./read-text.ts";
import { fillIn, unite, zeroEntry } from "./zeros.ts";

const { double, message, string } = valueKinds;
const { inline, lazy, list, map, masked, value } = ways;

/** How deep messages may lie in messages. Schemas of custom resources are as deep as their authors like. */
const deepest = 100;

/** Above every tag. */
const highestTag = 2 ** 32;

/** Reads a message that ends at `end`. */
export function readMessage(plan: Plan, input: Input, end: number): unknown {
  const object = new plan.Make();
  readFields(object, plan, input, end);
  return plan.union === undefined ? object : unite(plan.union, object);
}

/**
 * Reads fields of a message into its object, up to `end`. `highest`: the highest tag that may have come before. Servers write fields
 * in ascending order, so only what does not come in that order is looked for in the object.
 */
export function readFields(object: Fields, plan: Plan, input: Input, end: number, highest = 0): void {
  if (++input.depth > deepest) throw new BeyondSchema(`objects more than ${deepest} levels deep`);
  const { fields } = plan;
  let seen = 0;
  while (input.pos < end) {
    const tag = input.tag();
    const field = fields[tag >>> 3];
    if (field === undefined || field.tag !== tag) {
      readOther(object, plan, field, tag, input, end);
      continue;
    }
    seen |= field.bit;
    const isNew = tag > highest;
    if (isNew) highest = tag;
    switch (field.way) {
      case value:
        if (isNew || !Object.hasOwn(object, field.key)) setValue(object, field, readValue(field, input, end));
        else readAgain(object, field, input, end);
        break;
      case list:
        object[field.key] = readList(field, input, end, isNew ? undefined : object[field.key]);
        break;
      case map:
        object[field.key] = readMap(field, input, end, isNew ? undefined : object[field.key]);
        break;
      case inline:
        readFields(object, field.plan!, input, endOfValue(input, end), isNew ? 0 : highestTag);
        break;
      case lazy:
        readLazy(object, field, input, endOfValue(input, end));
        break;
      case masked:
        object[field.key] = selectBelow(
          readWhole(field, input, end, isNew ? undefined : object[field.key]),
          field.mask!,
        );
        break;
      default:
        input.skipType(tag & 7);
    }
  }
  if (input.pos !== end) throw tooLong();
  input.depth--;
  if (seen !== plan.expected) fillIn(object, plan);
}

/** Reads fields of a message of which some were read already. */
export function readAlso(object: Fields, plan: Plan, input: Input, end: number): void {
  readFields(object, plan, input, end, highestTag);
}

function setValue(object: Fields, { key, keepsZero }: PlannedField, found: unknown): void {
  if (keepsZero || !(found === "" || found === 0 || found === false || found === null)) object[key] = found;
}

/** Of a value that comes twice the last one counts; messages become one. */
function readAgain(object: Fields, field: PlannedField, input: Input, end: number): void {
  const { key, kind, plan } = field;
  if (kind === message && plan!.union === undefined) {
    readFields(object[key] as Fields, plan!, input, endOfValue(input, end), highestTag);
    return;
  }
  // Those are messages too, but what was read is not.
  if (kind >= message) throw new BeyondSchema(`a second ${key}`);
  delete object[key];
  setValue(object, field, readValue(field, input, end));
}

/** Reads a value with its length, if it has one. */
export function readValue(field: PlannedField, input: Input, end: number): unknown {
  const { kind } = field;
  if (kind <= double) return readScalar(kind, input);
  const stop = endOfValue(input, end);
  let found: unknown;
  if (kind === string) found = readText(input, stop, field);
  else if (kind === message) found = readMessage(field.plan!, input, stop);
  else found = readSpecial(field, input, stop);
  input.pos = stop;
  return found;
}

function readWhole(field: PlannedField, input: Input, end: number, before: unknown): unknown {
  if (field.holds === "one") return readValue(field, input, end);
  return field.holds === "list" ? readList(field, input, end, before) : readMap(field, input, end, before);
}

/** Reads the values of a list, as far as they follow each other. */
function readList(field: PlannedField, input: Input, end: number, before: unknown): unknown {
  const { stack } = input;
  const start = input.top;
  if (before !== undefined) for (const earlier of before as readonly unknown[]) stack[input.top++] = earlier;
  do {
    const found = readValue(field, input, end);
    stack[input.top++] = found;
  } while (comesAgain(field, input, end));
  // Of exactly this size: what is pushed into keeps room for more.
  const items = stack.slice(start, input.top);
  input.top = start;
  return items;
}

function readMap(field: PlannedField, input: Input, end: number, before: unknown): unknown {
  const entries = (before as Fields | undefined) ?? new field.Make();
  do readEntry(entries, field, input, endOfValue(input, end));
  while (comesAgain(field, input, end));
  return entries;
}

function readEntry(entries: Fields, field: PlannedField, input: Input, end: number): void {
  let key = "";
  let found: unknown;
  while (input.pos < end) {
    const tag = input.tag();
    if (tag === 10) key = readText(input, endOfValue(input, end), undefined);
    else if (tag === field.valueTag) found = readValue(field, input, end);
    else throw unknownField(tag, `an entry of ${field.key}`);
  }
  if (input.pos !== end) throw tooLong();
  setField(entries, key, found === undefined ? zeroEntry(field) : found);
}

/** Whether the next field is this one again; if so, goes past its tag. */
function comesAgain({ tag }: PlannedField, input: Input, end: number): boolean {
  const { pos, buf } = input;
  if (pos >= end) return false;
  if (tag < 128) {
    if (buf[pos] !== tag) return false;
    input.pos++;
    return true;
  }
  if (input.tag() === tag) return true;
  input.pos = pos;
  return false;
}
