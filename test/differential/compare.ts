import { isDeepStrictEqual } from "node:util";
import type { Sequence, Server } from "./exchange.ts";
import { play, type Played } from "./play.ts";

/** One answer of both servers. */
export interface Compared {
  readonly seed: number;
  readonly expected: Played | undefined;
  readonly found: Played | undefined;
  readonly equal: boolean;
}

/** Plays a cell with a seed against both. `run` keeps what is made on a server that lives on apart from earlier runs. */
export async function compare(
  name: string,
  sequence: Sequence,
  seed: number,
  { real, ours, run }: { real: Server; ours: Server; run: string },
): Promise<readonly Compared[]> {
  const namespace = `${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)}-${seed}-${run}`;
  const [expected, found] = await Promise.all([
    play(sequence, real, seed, namespace),
    play(sequence, ours, seed, namespace),
  ]);
  return Array.from({ length: Math.max(expected.length, found.length) }, (_, index) => ({
    seed,
    expected: expected[index],
    found: found[index],
    equal: isDeepStrictEqual(expected[index]?.answer, found[index]?.answer),
  }));
}
