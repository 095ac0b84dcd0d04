import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  contestantsOf,
  encodings,
  goContentTypes,
  reading,
  type Bench,
  type Encoding,
  type Name,
} from "../../bench.ts";
import { runWith } from "../../contestants.ts";
import type { ListServer } from "./list-server.ts";

/** One list: `whole`, or each of its pods in pages that are dropped. */
export type Task = "list" | "each";

export type Reader = Exclude<Name, "undici"> | "client-go";
export type Contender = Exclude<`${Reader} in ${Encoding}`, "client-node in protobuf">;

/** What reading all pods took. */
export interface Cost {
  readonly count: number;
  /** Milliseconds; `cpu` counts every thread of the process. */
  readonly wall: number;
  readonly cpu: number;
  /** The largest resident set above the one before, in bytes. */
  readonly peak: number;
  /** 99.9th percentile of the event loop's delay in milliseconds. A Go program has none. */
  readonly stall?: number;
}

/** The first time in a process, and then again. */
export interface Costs {
  readonly cold: Cost;
  readonly warm: readonly Cost[];
}

/** How to measure each. In protobuf, the floor is protobufjs over the same transport. */
export function contendersOf(
  { installed }: Bench,
  program: string,
  { options, caFile }: ListServer,
  task: Task,
  again: number,
): Readonly<Record<Contender, () => Promise<Costs>>> {
  const { undici: _, "client-node": clientNode, ...all } = contestantsOf(installed);
  const measurements: Record<string, () => Promise<Costs>> = {
    "client-node in json": () => runWith<Costs>(clientNode, options, "lists.mjs", task, String(again)),
  };
  for (const encoding of encodings) {
    for (const [name, it] of Object.entries(all)) {
      const folder = encoding === "protobuf" && it.folder === installed.floor ? installed.protobufjs : it.folder;
      const contestant = reading({ ...it, folder }, encoding);
      measurements[`${name} in ${encoding}`] = () => runWith(contestant, options, "lists.mjs", task, String(again));
    }
    measurements[`client-go in ${encoding}`] = async () => {
      const args = [options.server, caFile, task, goContentTypes[encoding], String(again)];
      return JSON.parse((await promisify(execFile)(program, args)).stdout) as Costs;
    };
  }
  return measurements as Record<Contender, () => Promise<Costs>>;
}
