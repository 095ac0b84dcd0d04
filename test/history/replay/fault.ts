import type { SeededRandom } from "../seeded-random.ts";
import { internalError, olderThanCache, type Refusal, tooManyRequests, unavailable } from "./status.ts";

/** What becomes of one request. Nothing given: it is answered at once and whole. */
export interface Fault {
  /** Milliseconds until anything happens. */
  readonly delayMs?: number;
  /** Instead of an answer: nobody listens, the connection breaks, nothing ever comes, or a refusal. */
  readonly instead?: "refused" | "reset" | "silence" | Refusal;
  /** The body comes in pieces of 1 to so many bytes, each so many milliseconds after the other. */
  readonly sliceBytes?: number;
  readonly sliceMs?: number;
  /** After so many bytes, or at the latest after so many milliseconds, the body ends: by a reset, as if it were whole, or by silence. */
  readonly endBytes?: number;
  readonly endMs?: number;
  readonly end?: "reset" | "clean" | "silence";
  /** After so many bytes the body pauses for so long. */
  readonly pauseBytes?: number;
  readonly pauseMs?: number;
  /** At most so many objects come in a page, however many are asked for. */
  readonly pageSize?: number;
  /** The server does not know `sendInitialEvents`, and takes the watch for a plain one. */
  readonly plain?: boolean;
  /** The bookmark that ends the initial events does not come. */
  readonly withoutEndMark?: boolean;
  /** The last line of the first part comes twice. */
  readonly twice?: boolean;
}

/** The request, as far as faults depend on it. */
export interface FaultyRequest {
  readonly streaming: boolean;
}

/** How bad things are, from 0 (nothing breaks) to 1 (nearly everything does). */
export type Weather = () => number;

/** Makes up what becomes of each request. */
export function faultsBy(random: SeededRandom, weather: Weather): (request: FaultyRequest) => Fault {
  return ({ streaming }) => {
    const bad = weather();
    if (!random.chance(bad)) return slices(random);
    return random.chance(0.4) ? { ...late(random), instead: instead(random, streaming) } : broken(random, streaming);
  };
}

function instead(random: SeededRandom, streaming: boolean): NonNullable<Fault["instead"]> {
  const choices: readonly NonNullable<Fault["instead"]>[] = [
    "refused",
    "refused",
    "reset",
    "reset",
    "silence",
    tooManyRequests(random.between(1, 20)),
    internalError,
    unavailable,
    // Some servers refuse a watch like this that others accept and then end with an ERROR event.
    ...(streaming ? [olderThanCache(1, 2)] : []),
  ];
  return random.pick(choices);
}

function broken(random: SeededRandom, streaming: boolean): Fault {
  const fault: Fault = {
    ...slices(random),
    ...late(random),
    endBytes: random.below(random.pick([10, 1000, 20_000])),
    end: random.pick(["reset", "reset", "clean", "silence"]),
  };
  if (!streaming) return fault;
  return {
    ...fault,
    ...(random.chance(0.5) ? { endMs: random.below(120_000) } : {}),
    ...(random.chance(0.3) ? { pauseBytes: random.below(5000), pauseMs: random.below(90_000) } : {}),
    ...(random.chance(0.1) ? { withoutEndMark: true } : {}),
    ...(random.chance(0.1) ? { twice: true } : {}),
  };
}

function late(random: SeededRandom): Fault {
  return random.chance(0.3) ? { delayMs: random.below(random.pick([100, 5000, 40_000])) } : {};
}

/** Bytes come as they like, in any weather. */
function slices(random: SeededRandom): Fault {
  if (random.chance(0.7)) return {};
  return { sliceBytes: random.between(1, 64), ...(random.chance(0.3) ? { sliceMs: random.below(20) } : {}) };
}
