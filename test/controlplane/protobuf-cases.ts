import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";

/** What a case is an object of. */
export interface CaseHeader {
  /** Empty for the group of Pod. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Which of the objects of its kind it is. With the seed it makes the object: to see one again, ask for its kind alone. */
  readonly number: number;
}

/** One object in both encodings. */
export interface ProtobufCase extends CaseHeader {
  /** The JSON that an API server writes. Integers in it go beyond 2^53. */
  readonly json: string;
  /** `k8s\0` and the envelope; for a WatchEvent the bare message. */
  readonly protobuf: Uint8Array;
}

export interface CasesOptions {
  /** Where the random numbers begin, a whole number from 0: the same seed gives the same cases. */
  readonly seed: number;
  /** How many objects of each kind, at least 1. */
  readonly each: number;
  /** Only these kinds, such as `v1/Pod` and `apps/v1/Deployment`. Default: every kind that has a protobuf form. */
  readonly kinds?: readonly string[];
  /** Only kinds of these groups, such as `core` and `apps`. Default: every group. */
  readonly groups?: readonly string[];
}

/**
 * Objects of every kind, filled at random by the control-plane program (`buildControlPlane()` gives its path), in both encodings.
 * They are made as they are read. Leaving the loop early ends the program.
 */
export async function* protobufCases(binary: string, options: CasesOptions): AsyncGenerator<ProtobufCase, void> {
  const { seed, each, kinds, groups } = options;
  const program = start(binary, [
    "protobuf-cases",
    ...["--seed", `${seed}`, "--each", `${each}`],
    ...(kinds ? ["--kinds", kinds.join(",")] : []),
    ...(groups ? ["--groups", groups.join(",")] : []),
  ]);
  try {
    let frames: Buffer[] = [];
    for await (const frame of readFrames(program.child.stdout)) {
      frames.push(frame);
      const [header, json, protobuf] = frames;
      if (!header || !json || !protobuf) continue;
      frames = [];
      yield { ...(JSON.parse(header.toString()) as CaseHeader), json: json.toString(), protobuf };
    }
    await program.ended;
  } finally {
    program.child.kill();
  }
}

/** Where Go reads another object from the protobuf than from the JSON. */
export interface CheckDifference extends CaseHeader {
  /** The first place that differs, or why Go cannot read it. */
  readonly problem: string;
}

export interface CheckResult {
  /** How many were compared. */
  readonly checked: number;
  readonly differences: readonly CheckDifference[];
}

/**
 * Lets Go compare: `protobuf` of each case is another encoder's, made from `json`. They are the same when Go decodes the protobuf to
 * the object, and prints it as the JSON, that it decodes from `json` and has taken through its own protobuf once (which does not tell an
 * empty list from none). Every kind has an envelope here, WatchEvent too.
 */
export async function checkProtobuf(
  binary: string,
  cases: AsyncIterable<ProtobufCase> | Iterable<ProtobufCase>,
): Promise<CheckResult> {
  const program = start(binary, ["protobuf-check"]);
  const input = Readable.from(writeFrames(cases), { objectMode: false, highWaterMark: 1 << 20 });
  const [result, sent, ended] = await Promise.allSettled([
    readResult(program.child.stdout),
    pipeline(input, program.child.stdin),
    program.ended,
  ]);
  // When the cases fail, that is the reason for all else; when the program does, nobody reads them.
  if (sent.status === "rejected" && !wasNotRead(sent.reason)) throw sent.reason;
  if (ended.status === "rejected") throw ended.reason;
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

function wasNotRead(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(`${error.code}`);
}

interface Program {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Rejects with what the program said when it failed. */
  readonly ended: Promise<void>;
}

function start(binary: string, args: readonly string[]): Program {
  const child = spawn(binary, args, { stdio: ["pipe", "pipe", "pipe"] });
  const ended = Promise.all([once(child, "close"), text(child.stderr)]).then(([[code], said]) => {
    if (code !== 0) throw new Error(`controlplane ${args.join(" ")}: ${said.trim()}`);
  });
  ended.catch(() => undefined); // whoever waits for it hears of it
  return { child, ended };
}

async function* readFrames(from: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of from) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    while (bytes.length - at >= 4) {
      const end = at + 4 + bytes.readUInt32BE(at);
      if (bytes.length < end) break;
      yield bytes.subarray(at + 4, end);
      at = end;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new Error("the cases end within a frame");
}

async function* writeFrames(cases: AsyncIterable<ProtobufCase> | Iterable<ProtobufCase>): AsyncGenerator<Buffer, void> {
  for await (const { json, protobuf, ...header } of cases) {
    const parts = [Buffer.from(JSON.stringify(header)), Buffer.from(json), protobuf];
    yield Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
  }
}

function lengthOf(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return length;
}

async function readResult(from: Readable): Promise<CheckResult> {
  const differences: CheckDifference[] = [];
  for await (const line of createInterface({ input: from })) {
    const said = JSON.parse(line) as CheckDifference | { readonly checked: number };
    if ("checked" in said) return { checked: said.checked, differences };
    differences.push(said);
  }
  throw new Error("the checker ended before it had checked all");
}
