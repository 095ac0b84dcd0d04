import { isDeepStrictEqual } from "node:util";
import { isRawJson, parseJson } from "@kubewright/core";
import { decode, encode, encodeWatchEvent, protobuf } from "@kubewright/protobuf";
import { kubernetes } from "../../packages/protobuf/src/codec/kubernetes.ts";
import { kinds } from "../../packages/protobuf/src/gen/table.ts";
import { Random, writtenObject } from "../support/written-object.ts";
import {
  type CasesOptions,
  type CaseHeader,
  checkProtobuf,
  type ProtobufCase,
  protobufCases,
} from "../controlplane/protobuf-cases.ts";

/** What came out of objects that Go made. */
export interface Outcome {
  readonly objects: number;
  /** Of how many kinds they are. */
  readonly kinds: number;
  /** Which of them are others to Go than to us, and how; the first hundred. */
  readonly differences: readonly string[];
}

/**
 * Reads Go's protobuf, which must give its JSON; what is written of that again must give it too, but for nulls: that of a pointer to no
 * time is none to whoever reads JSON.
 */
export async function decodeObjects(binary: string, options: CasesOptions): Promise<Outcome> {
  const outcome = startOutcome();
  for await (const made of protobufCases(binary, options)) {
    outcome.add(made);
    try {
      const wanted = parseJson(made.json);
      const object = await read(made);
      if (!isDeepStrictEqual(object, wanted)) outcome.differ(made, "it is read as another object");
      const again = await read({ ...made, protobuf: write(made, object) });
      if (!isDeepStrictEqual(withoutNulls(again), withoutNulls(wanted)))
        outcome.differ(made, "what is written again is read as another object");
    } catch (error) {
      outcome.differ(made, String(error));
    }
  }
  return outcome;
}

/** Writes Go's JSON, from which Go must read what it reads from that. */
export function encodeObjects(binary: string, options: CasesOptions): Promise<Outcome> {
  return encodeAll(binary, protobufCases(binary, options));
}

/** Writes what users may write: null where it may be, numbers and times of every form, nothing that a server would have added. */
export function encodeWritten(binary: string, { seed, each }: CasesOptions): Promise<Outcome> {
  function* written(): Generator<ProtobufCase> {
    for (const [index, name] of Object.keys(kinds).entries()) {
      const [apiVersion = "", kind = ""] = name.split(" ");
      const [version = "", group = ""] = apiVersion.split("/").toReversed();
      const message = kubernetes.kind(apiVersion, kind)!;
      const random = new Random(seed * 10_000 + index);
      for (let number = 0; number < each; number++) {
        const { given } = writtenObject(random, message, apiVersion, kind);
        yield { group, version, kind, number, json: JSON.stringify(given), protobuf: new Uint8Array() };
      }
    }
  }
  return encodeAll(binary, written());
}

/** Encodes the JSON of each case, and lets Go compare. */
async function encodeAll(
  binary: string,
  cases: AsyncIterable<ProtobufCase> | Iterable<ProtobufCase>,
): Promise<Outcome> {
  const outcome = startOutcome();
  async function* encoded(): AsyncGenerator<ProtobufCase> {
    for await (const made of cases) {
      outcome.add(made);
      try {
        const object = parseJson(made.json) as object;
        // The checker wants an envelope around everything.
        yield { ...made, protobuf: encode({ apiVersion: apiVersionOf(made), kind: made.kind, ...object }) };
      } catch (error) {
        outcome.differ(made, String(error));
      }
    }
  }
  const { checked, differences } = await checkProtobuf(binary, encoded());
  for (const { problem, ...made } of differences) outcome.differ(made, problem);
  if (checked + outcome.differences.length < outcome.objects) throw new Error(`Go checked only ${checked} objects`);
  return outcome;
}

const request = { verb: "watch", path: "/" };

async function read({ kind, protobuf: bytes }: ProtobufCase): Promise<unknown> {
  if (kind !== "WatchEvent") return decode(bytes);
  // A stream of one frame.
  const frame = Buffer.concat([Buffer.alloc(4), bytes]);
  frame.writeUInt32BE(bytes.length);
  const events = protobuf.decodeEvents(streamOf(frame), request, everything);
  for await (const event of events) return event;
  throw new Error("no event came");
}

const everything = { managedFields: true, select: undefined, shareStrings: false };

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function write({ kind }: CaseHeader, object: unknown): Uint8Array {
  if (kind !== "WatchEvent") return encode(object as Parameters<typeof encode>[0]);
  const event = object as { type: Parameters<typeof encodeWatchEvent>[0]; object: Parameters<typeof encode>[0] };
  return encodeWatchEvent(event.type, event.object).subarray(4);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null || isRawJson(value)) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutNulls(field)]));
}

function apiVersionOf({ group, version }: CaseHeader): string {
  return group === "" ? version : `${group}/${version}`;
}

function startOutcome(): Outcome & { add(made: CaseHeader): void; differ(made: CaseHeader, how: string): void } {
  const kinds = new Set<string>();
  const differences: string[] = [];
  let objects = 0;
  return {
    differences,
    get objects() {
      return objects;
    },
    get kinds() {
      return kinds.size;
    },
    add(made) {
      objects++;
      kinds.add(`${apiVersionOf(made)} ${made.kind}`);
    },
    differ(made, how) {
      if (differences.length < 100) differences.push(`${apiVersionOf(made)} ${made.kind} ${made.number}: ${how}`);
    },
  };
}
