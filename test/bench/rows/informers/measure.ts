import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "../../bench.ts";
import { size } from "../../fleet/size.ts";
import { interleave, median } from "../../statistics.ts";
import type { Contender, Contenders } from "./contenders.ts";
import type { TaskProcess } from "../../task-process.ts";
import { startWriter, type Writer } from "./writer.ts";

/** Milliseconds that the event loop did not turn: of wall time, and of CPU time of its thread. Go programs have none. */
export interface Stall {
  readonly wall: number;
  readonly cpu: number;
}

/** What a contestant took, in milliseconds and bytes; CPU time is that of all threads. */
export interface Figures {
  readonly sync: { readonly wall: number; readonly cpu: number; readonly peak: number; readonly stall: Stall };
  /** The same once more in the same process, its code compiled. */
  readonly resync: { readonly wall: number; readonly cpu: number };
  /** Bytes of heap for each pod. */
  readonly heap: number;
  readonly events: {
    /** Microseconds of CPU time for each. */
    readonly cpu: number;
    /** Milliseconds from the last write until the last event had come. */
    readonly late: number;
    /** How many never came. */
    readonly lost: number;
    readonly stall: Stall;
  };
}

export type All = Readonly<Record<Contender, Figures>>;

interface Answer {
  readonly count: number;
  readonly wall: number;
  readonly cpu: number;
  readonly heap: number;
  readonly peak: number;
  readonly stall?: Stall;
}

export const perSecond = 2000;
// All contestants and rounds together must stay below what etcd holds, 2 GB, of which no version goes.
const changes = { warm: 1000, counted: 3000, stalls: 1000 };
const resyncs = 2;

/** Every contestant, in fresh processes: reads all pods several times, then follows 5,000 changes of them. */
export async function measureAll(bench: Bench, contenders: Contenders): Promise<All> {
  await using writer = await startWriter(bench.etcd);
  // The server ends a watch whose reader is behind by more changes than usually come in a second. Let it see many first.
  await writer.write(bench.quick ? 10_000 : 30_000, 10_000);
  const measurements = Object.fromEntries(
    Object.entries(contenders).map(([name, start]) => [
      name,
      async () => {
        bench.say(`informer of ${size.pods} pods: ${name}`);
        await using process = await start();
        return await measure(name, process, writer); // before it is let go of
      },
    ]),
  );
  const results = await interleave(bench.quick ? 1 : 3, measurements);
  return Object.fromEntries(Object.entries(results).map(([name, rounds]) => [name, middle(rounds)])) as All;
}

async function measure(name: string, process: TaskProcess, writer: Writer): Promise<Figures> {
  const sync = await process.ask<Answer>("sync", { count: size.pods });
  if (sync.count !== size.pods) throw new Error(`${name} has ${sync.count} pods`);
  const again: Answer[] = [];
  for (let i = 0; i < resyncs; i++) again.push(await process.ask<Answer>("resync", { count: size.pods }));
  if (again.some(({ count }) => count !== size.pods)) throw new Error(`${name} did not read ${size.pods} pods again`);
  const watch = async (count: number, stalls: boolean): Promise<Answer & { late: number; lost: number }> => {
    await process.ask("watch", { count, stalls });
    const began = performance.now();
    const written = await writer.write(count, perSecond);
    const answer = await process.answer<Answer>();
    const late = Math.max(0, performance.now() - began - written.wall);
    return { ...answer, late, lost: count - answer.count };
  };
  const warm = await watch(changes.warm, false);
  const counted = await watch(changes.counted, false);
  const stalls = await watch(changes.stalls, true);
  await checkCache(name, process, writer);
  const none = { wall: 0, cpu: 0 };
  return {
    sync: { wall: sync.wall, cpu: sync.cpu, peak: sync.peak, stall: sync.stall ?? none },
    resync: { wall: median(again.map(({ wall }) => wall)), cpu: median(again.map(({ cpu }) => cpu)) },
    heap: sync.heap / size.pods,
    events: {
      cpu: (counted.cpu / changes.counted) * 1000,
      late: counted.late,
      lost: warm.lost + counted.lost + stalls.lost,
      stall: stalls.stall ?? none,
    },
  };
}

/** In the end each holds what was written last, late or not. */
async function checkCache(name: string, process: TaskProcess, writer: Writer): Promise<void> {
  const mostMs = 30_000;
  for (const began = performance.now(); ; await wait(200)) {
    const { size: kept, sum } = await process.ask<{ size: number; sum: number }>("check");
    if (kept === size.pods && sum === writer.sum()) return;
    if (performance.now() - began > mostMs)
      throw new Error(`${name} holds ${kept} pods with the sum ${sum}, not ${size.pods} with ${writer.sum()}`);
  }
}

function middle(rounds: readonly Figures[]): Figures {
  const of = (figure: (figures: Figures) => number): number => Math.round(median(rounds.map(figure)) * 10) / 10;
  return {
    sync: {
      wall: of(({ sync }) => sync.wall),
      cpu: of(({ sync }) => sync.cpu),
      peak: of(({ sync }) => sync.peak),
      stall: { wall: of(({ sync }) => sync.stall.wall), cpu: of(({ sync }) => sync.stall.cpu) },
    },
    resync: { wall: of(({ resync }) => resync.wall), cpu: of(({ resync }) => resync.cpu) },
    heap: of(({ heap }) => heap),
    events: {
      cpu: of(({ events }) => events.cpu),
      late: of(({ events }) => events.late),
      lost: Math.max(...rounds.map(({ events }) => events.lost)),
      stall: { wall: of(({ events }) => events.stall.wall), cpu: of(({ events }) => events.stall.cpu) },
    },
  };
}
