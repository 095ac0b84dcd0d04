import type { Bench, Encoding } from "../../bench.ts";
import { size } from "../../fleet/size.ts";
import { interleave, median } from "../../statistics.ts";
import { contendersOf, type Contender, type Cost, type Costs, type Task } from "./contenders.ts";
import { startListServer } from "./list-server.ts";

/** What everyone took for all pods. */
export interface Measured {
  readonly task: Task;
  readonly gzip: boolean;
  /** Of bodies, as they were sent. */
  readonly bytes: Readonly<Record<Encoding, number>>;
  readonly costs: Readonly<Record<Contender, Middle>>;
}

/** Medians. Pages are only read in fresh processes. */
export interface Middle {
  readonly cold: Cost;
  readonly warm: Cost | undefined;
}

export async function measure(bench: Bench, task: Task, gzip: boolean): Promise<Measured> {
  const program = await bench.clientGo();
  await bench.fleet();
  await using server = await startListServer(bench.server, gzip);
  const contenders = contendersOf(bench, program, server, task, task === "list" ? 3 : 0);
  bench.say(`${task === "list" ? "a list of" : "each of"} ${size.pods} pods${gzip ? ", compressed" : ""}`);
  // The server records what it will be asked for.
  await contenders["client-go in json"]();
  await contenders["client-go in protobuf"]();
  const results = await interleave(bench.quick ? 1 : 5, contenders);
  const costs = Object.entries(results).map(([name, rounds]) => [name, middle(name, rounds)] as const);
  const bytes = await server.recorded();
  return { task, gzip, bytes, costs: Object.fromEntries(costs) as Record<Contender, Middle> };
}

function middle(name: string, rounds: readonly Costs[]): Middle {
  const warm = rounds.flatMap((round) => round.warm);
  return {
    cold: middleOf(
      name,
      rounds.map(({ cold }) => cold),
    ),
    warm: warm.length === 0 ? undefined : middleOf(name, warm),
  };
}

function middleOf(name: string, costs: readonly Cost[]): Cost {
  if (costs.some(({ count }) => count !== size.pods)) throw new Error(`${name} did not read ${size.pods} pods`);
  const of = (figure: (cost: Cost) => number): number => Math.round(median(costs.map(figure)) * 10) / 10;
  const cost = {
    count: size.pods,
    wall: of(({ wall }) => wall),
    cpu: of(({ cpu }) => cpu),
    peak: of(({ peak }) => peak),
  };
  return costs[0]?.stall === undefined ? cost : { ...cost, stall: of(({ stall }) => stall ?? 0) };
}
