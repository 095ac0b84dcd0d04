import { contestantsOf, encodings, reading, type Bench, type Encoding } from "../bench.ts";
import { runWith } from "../contestants.ts";
import { size } from "../fleet/size.ts";
import { microseconds, times, type Comparison, type Row } from "../row.ts";
import { interleave, median } from "../statistics.ts";
import { startListServer } from "./lists/list-server.ts";

interface Cost {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

interface Costs {
  /** Of the first call of a process, for which the codec of protobuf is loaded. */
  readonly first: Cost;
  readonly later: Cost;
}

/** What is called: a method of contestants/kubewright.mjs, how often before it counts, and how often it counts. */
interface Call {
  readonly method: "get" | "pods" | "podsMetadata";
  readonly args: readonly unknown[];
  readonly warm: number;
  readonly counted: number;
}

const small = { warm: 500, counted: 500 };
const calls: Readonly<Record<string, Call>> = {
  "GET of one ConfigMap": { method: "get", args: ["small"], ...small },
  "list of 1 pod": { method: "pods", args: [1], ...small },
  "list of 10 pods": { method: "pods", args: [10], ...small },
  "list of 100 pods": { method: "pods", args: [100], warm: 100, counted: 100 },
  [`list of the metadata of ${size.pods} pods`]: { method: "podsMetadata", args: [], warm: 2, counted: 3 },
};

/** What decides which encoding is the default of what: Kubewright in both, on h2, for everything that is no large list. */
export async function encodingRows(bench: Bench): Promise<readonly Row[]> {
  await bench.fleet();
  await using server = await startListServer(bench.server, false);
  const ours = contestantsOf(bench.installed).kubewright;
  for (const [what, call] of Object.entries(calls)) {
    bench.say(what);
    const measure = (encoding: Encoding) => () =>
      runWith<Costs>(reading(ours, encoding), server.options, "encodings.mjs", JSON.stringify(call));
    // The server records what it will be asked for.
    for (const encoding of encodings) await measure(encoding)();
    const { json, protobuf } = await interleave(bench.quick ? 1 : 7, {
      json: measure("json"),
      protobuf: measure("protobuf"),
    });
    bench.compare(comparison(what, json!, protobuf!));
  }
  return [];
}

function comparison(what: string, json: readonly Costs[], protobuf: readonly Costs[]): Comparison {
  const cpu = (rounds: readonly Costs[], which: keyof Costs): number => median(rounds.map((round) => round[which].cpu));
  const text = (rounds: readonly Costs[]): string =>
    `${microseconds(cpu(rounds, "later") * 1000)} CPU, the first of a process ${microseconds(cpu(rounds, "first") * 1000)}`;
  const ratio = (which: keyof Costs): string => times(cpu(protobuf, which) / cpu(json, which));
  return {
    what,
    json: text(json),
    protobuf: text(protobuf),
    ratio: `CPU ${ratio("later")}, the first ${ratio("first")}`,
  };
}
