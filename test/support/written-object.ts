import { parseJson, rawJson } from "@kubewright/core";
import fc from "fast-check";
import {
  type Field,
  type Message,
  type ValueKind,
  valueKinds,
  type Zero,
} from "../../packages/protobuf/src/schema/message.ts";

/** Something as a user may write it in JSON, and as a server says it that was given it in protobuf. */
export interface Written {
  readonly given: unknown;
  /** Undefined where the server says nothing. */
  readonly served: unknown;
}

type Fields = Record<string, unknown>;

/** Numbers that follow from a seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0 on. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  chance(part: number): boolean {
    return this.below(1000) < part * 1000;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

/** An object of a message of the schema, with everything that JSON allows there. */
export function writtenObject(random: Random, message: Message, apiVersion: string, kind: string): Written {
  const { given, served } = writtenMessage(random, message, 0);
  return { given: { apiVersion, kind, ...(given as Fields) }, served: { apiVersion, kind, ...(served as Fields) } };
}

function writtenMessage(random: Random, message: Message, depth: number): Written {
  if (message.union !== undefined) return writtenUnion(random, message, depth);
  const [given, served]: [Fields, Fields] = [{}, {}];
  if (message.typeMeta && depth > 0 && random.chance(0.5)) given["kind"] = random.pick(["Pod", null]);
  for (const field of flat(message)) {
    const { key } = field;
    const value = writtenField(random, field, depth);
    if (value === undefined) continue;
    given[key] = value.given;
    if (value.served !== undefined) served[key] = value.served;
  }
  return { given, served: withZeros(served, message) };
}

function withZeros(served: Fields, { always }: Message): Fields {
  for (const [key, zero] of always) if (!(key in served)) served[key] = servedZero(zero);
  return served;
}

function servedZero(zero: Zero): unknown {
  return typeof zero === "object" && zero !== null && "fields" in zero ? withZeros({}, zero) : zero;
}

/** Its fields, and those of inlined messages. */
function flat({ fields }: Message): readonly Field[] {
  return fields.flatMap((field) => (field === undefined ? [] : field.inline ? flat(field.message!) : [field]));
}

function writtenUnion(random: Random, { union, fields }: Message, depth: number): Written {
  const [first, second] = fields.filter((field) => field !== undefined);
  if (union === "list") return writtenList(random, first!, depth);
  if (union === "orBool" && random.chance(0.5)) return random.pick(samples(valueKinds.bool));
  if (union === "orBool") return writtenMessage(random, second!.message!, depth + 1);
  if (random.chance(0.5)) return writtenMessage(random, first!.message!, depth + 1);
  const list = writtenList(random, second!, depth);
  // That there is a list says nothing, only that there is something in it.
  return { ...list, served: (list.served as unknown[]).length === 0 ? null : list.served };
}

/** Undefined where it is left out. */
function writtenField(random: Random, field: Field, depth: number): Written | undefined {
  const chance = random.below(10);
  if (chance > Math.max(0, 6 - depth)) return undefined;
  if (chance === 0) return { given: null, served: undefined };
  if (field.holds === "one") {
    const { given, served } = writtenOne(random, field, depth);
    const isZero = served === "" || served === 0 || served === false;
    const isLeftOut = field.kind <= valueKinds.bytes && !field.pointer && field.omitEmpty && isZero;
    return { given, served: isLeftOut || (field.omitZero && served === null) ? undefined : served };
  }
  const values = field.holds === "list" ? writtenList(random, field, depth) : writtenMap(random, field, depth);
  return { ...values, served: Object.keys(values.served as object).length === 0 ? undefined : values.served };
}

function writtenList(random: Random, field: Field, depth: number): Written {
  const items = Array.from({ length: random.below(3) }, () => writtenItem(random, field, depth));
  return { given: items.map(({ given }) => given), served: items.map(({ served }) => served) };
}

function writtenMap(random: Random, field: Field, depth: number): Written {
  const keys = new Set(Array.from({ length: random.below(3) }, () => random.pick(keySamples)));
  const entries = [...keys].map((key) => [key, writtenItem(random, field, depth)] as const);
  return {
    given: Object.fromEntries(entries.map(([key, { given }]) => [key, given])),
    served: Object.fromEntries(entries.map(([key, { served }]) => [key, served])),
  };
}

/** There, null is a zero. */
function writtenItem(random: Random, field: Field, depth: number): Written {
  return random.chance(0.1) ? { given: null, served: zeroOf(field) } : writtenOne(random, field, depth);
}

function zeroOf({ kind, message, typeMeta }: Field): unknown {
  switch (kind) {
    case valueKinds.bool:
      return false;
    case valueKinds.int32:
    case valueKinds.int64:
    case valueKinds.double:
    case valueKinds.intOrString:
      return 0;
    case valueKinds.string:
    case valueKinds.bytes:
      return "";
    case valueKinds.quantity:
      return "0";
    case valueKinds.message:
      if (message!.union !== undefined) return message!.union === "list" ? [] : null;
      return withZeros({ ...typeMeta }, message!);
    default:
      return null;
  }
}

function writtenOne(random: Random, field: Field, depth: number): Written {
  const { kind, message, typeMeta } = field;
  if (kind !== valueKinds.message) return random.pick(samples(kind));
  const written = writtenMessage(random, message!, depth + 1);
  return typeMeta === undefined ? written : { ...written, served: { ...(written.served as Fields), ...typeMeta } };
}

function same(values: fc.Arbitrary<unknown>): fc.Arbitrary<Written> {
  return values.map((value) => ({ given: value, served: value }));
}

function digits(value: string): unknown {
  return rawJson?.(value);
}

const text = fc.oneof(
  fc.constantFrom("", "a", "ä€😀", "\u0000", "\u2028", "x".repeat(200)),
  fc.string({ maxLength: 8, unit: "grapheme" }),
);

/** Where its numbers are long integers, their digits. */
function inJson(value: unknown): Written {
  const written = JSON.stringify(value);
  return { given: JSON.parse(written), served: parseJson(written) };
}

const json = fc.jsonValue({ maxDepth: 2 });

const int32 = fc.oneof(fc.constantFrom(0, -1, 2 ** 31 - 1, -(2 ** 31)), fc.integer());

const long = ["9223372036854775807", "-9223372036854775808", "9007199254740993"].map((value) =>
  same(fc.constant(digits(value))),
);

/** Times from 1 to 9998, so that no offset leads to a year of another length. */
const second = fc.integer({ min: -62_135_510_400, max: 253_370_764_800 });

function zoned(seconds: number, offsetMinutes: number): string {
  const local = new Date((seconds + offsetMinutes * 60) * 1000).toISOString().slice(0, 19);
  const at = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(at / 60))}:${two(at % 60)}`;
}

const offset = fc.integer({ min: -23 * 60, max: 23 * 60 });

const time = fc.oneof(
  fc.constant({ given: "0001-01-01T00:00:00Z", served: null }),
  fc.constant({ given: "1970-01-01T00:00:00Z", served: "1970-01-01T00:00:00Z" }),
  fc.tuple(second, offset, fc.constantFrom("", ".5", ",123456789")).map(([seconds, zone, fraction]) => ({
    given: zoned(seconds, zone).replace(/(?=[+-]\d\d:\d\d$)/, fraction),
    served: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`,
  })),
);

const microTime = fc.oneof(
  fc.constant({ given: "0001-01-01T00:00:00.000000Z", served: null }),
  fc.tuple(second, offset, fc.stringMatching(/^\d{6}$/)).map(([seconds, zone, micros]) => ({
    given: zoned(seconds, zone).replace(/(?=[+-]\d\d:\d\d$)/, `.${micros}`),
    served: `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${micros}Z`,
  })),
);

const bytes = fc.uint8Array({ maxLength: 9 }).map((value) => Buffer.from(value).toString("base64"));

const values: Readonly<Record<Exclude<ValueKind, typeof valueKinds.message>, fc.Arbitrary<Written>>> = {
  [valueKinds.bool]: same(fc.boolean()),
  [valueKinds.int32]: same(int32),
  [valueKinds.int64]: fc.oneof(
    same(int32),
    same(fc.maxSafeInteger()),
    // JSON has fewer digits of it than it is.
    fc.constant({ given: 2 ** 60, served: digits("1152921504606847000") }),
    ...long,
  ),
  [valueKinds.double]: fc
    .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(12345678901234567890))
    .map(inJson),
  [valueKinds.string]: same(text),
  [valueKinds.bytes]: fc.oneof(
    same(bytes),
    bytes.map((value) => ({ given: value.replaceAll(/.{3}/g, "$&\r\n"), served: value })),
  ),
  [valueKinds.time]: time,
  [valueKinds.microTime]: microTime,
  // As they are: what Go makes of them is for Go.
  [valueKinds.quantity]: fc
    .constantFrom<unknown[]>("0", "1", "100m", "1.5Gi", "1e3", " 2 ", "+1", ".5", 1, 0.5, 1e21, -2)
    .map((value) => ({ given: value, served: typeof value === "string" ? value.trim() : JSON.stringify(value) })),
  [valueKinds.intOrString]: fc.oneof(same(int32), same(text)),
  [valueKinds.fieldsV1]: fc.dictionary(text, json, { maxKeys: 2 }).map(inJson),
  [valueKinds.rawExtension]: json.filter((value) => value !== null).map(inJson),
  [valueKinds.json]: json.filter((value) => value !== null).map(inJson),
};

const made = new Map<ValueKind, readonly Written[]>();

function samples(kind: keyof typeof values): readonly Written[] {
  let found = made.get(kind);
  if (found === undefined) made.set(kind, (found = fc.sample(values[kind], { seed: 1, numRuns: 300 })));
  return found;
}

const keySamples = [...fc.sample(text, { seed: 1, numRuns: 100 }), "__proto__", "constructor"];
