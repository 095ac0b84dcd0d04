import { isDeepStrictEqual } from "node:util";
import type { Sequence, Server } from "./exchange.ts";
import { play, type Played } from "./play.ts";
import { asRecorded } from "./recording/as-recorded.ts";

/** One answer of both servers, or of one where the other gave none. */
export interface Compared<Expected> {
  readonly expected: Expected | undefined;
  readonly found: Played | undefined;
  readonly equal: boolean;
}

/** Plays a cell with a seed against both. `run` keeps what is made on a server that lives on apart from earlier runs. */
export async function compare(
  name: string,
  sequence: Sequence,
  seed: number,
  { real, ours, run }: { real: Server; ours: Server; run: string },
): Promise<readonly Compared<Played>[]> {
  const namespace = namespaceFor(name, seed, run);
  const [expected, found] = await Promise.all([
    play(sequence, real, seed, namespace),
    play(sequence, ours, seed, namespace),
  ]);
  return pairs(expected, found).map(([one, other]) => ({
    expected: one,
    found: other,
    equal: isDeepStrictEqual(one?.answer, other?.answer),
  }));
}

/** Compares with answers that were recorded. */
export function compareAnswers(recorded: readonly unknown[], played: readonly Played[]): readonly Compared<unknown>[] {
  return pairs(recorded, played).map(([expected, found]) => ({
    expected,
    found,
    equal: isDeepStrictEqual(expected, asRecorded(found?.answer)),
  }));
}

/** The namespace of a sequence. */
export function namespaceFor(name: string, seed: number, run: string): string {
  const words = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `${words.slice(0, 40)}-${seed}-${run}`;
}

function pairs<A, B>(one: readonly A[], other: readonly B[]): readonly (readonly [A | undefined, B | undefined])[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => [one[index], other[index]]);
}
