import { setImmediate } from "node:timers/promises";
import type { Clock } from "@kubewright/core";

/** A clock that stands until a test moves it, with chance that repeats. */
export interface VirtualClock extends Clock {
  /** How many timers wait. */
  readonly pending: number;
  /** When the next timer is due, by `now()`; undefined when none waits. */
  readonly nextAt: number | undefined;
  /**
   * Moves on by `ms`, timer by timer in the order in which they are due, those of one moment in the order in which they were made. What
   * each sets off goes on until it waits for the clock again. Rejects with what a timer throws.
   */
  advance(ms: number): Promise<void>;
  /**
   * Moves on, timer by timer, until the promise settles, and gives its outcome. Fails when that takes more than `atMostMs`, default a
   * day, or when no timer would ever bring it.
   */
  run<T>(promise: Promise<T>, atMostMs?: number): Promise<T>;
  /**
   * Lets what is under way go on until it waits for the clock, or for something outside; time stands. What computes for several turns
   * of the event loop without asking the clock, such as the decoding of many MB, is not waited for.
   */
  settle(): Promise<void>;
}

/** Where a virtual clock begins. */
export interface VirtualStart {
  /** Of `random()`. Default 1. */
  readonly seed?: number;
  /** `now()` at the beginning. Default 0. */
  readonly now?: number;
  /** `wallNow()` at the beginning. Default 2026-01-01. */
  readonly wallNow?: number;
}

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

/** So many turns of the event loop in which nobody asks the clock for anything count as rest. */
const turnsOfRest = 8;
/** Beyond so many, something goes round in circles. */
const mostTurns = 100_000;
/** How long, in real milliseconds, something outside may take before a wait for it counts as one without end. */
const outsideMs = 10_000;

export function createVirtualClock(start: VirtualStart = {}): VirtualClock {
  const { now: first = 0, wallNow: wallFirst = Date.UTC(2026, 0, 1) } = start;
  let state = start.seed ?? 1;
  let now = first;
  let asked = 0;
  const timers = new Set<Timer>();

  /** The timer that is due first; of equals the oldest, for a set keeps its order. */
  function next(): Timer | undefined {
    let found: Timer | undefined;
    for (const timer of timers) if (found === undefined || timer.at < found.at) found = timer;
    return found;
  }

  async function settle(): Promise<void> {
    let seen = asked;
    for (let rest = 0, turns = 0; rest < turnsOfRest; rest++) {
      await setImmediate();
      if (seen !== asked) rest = 0;
      seen = asked;
      if (++turns > mostTurns) throw new Error("what runs on the virtual clock asks it for the time without end");
    }
  }

  function fire(timer: Timer): void {
    timers.delete(timer);
    now = timer.at;
    timer.act();
  }

  return {
    now() {
      asked++;
      return now;
    },
    wallNow() {
      asked++;
      return wallFirst + now - first;
    },
    after(ms, act) {
      asked++;
      const timer: Timer = { at: now + Math.max(0, ms), act };
      timers.add(timer);
      return () => {
        asked++;
        timers.delete(timer);
      };
    },
    // Mulberry32.
    random() {
      asked++;
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    get pending() {
      return timers.size;
    },
    get nextAt() {
      return next()?.at;
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let timer = next(); timer !== undefined && timer.at <= end; timer = next()) {
        fire(timer);
        await settle();
      }
      now = end;
    },
    async run(promise, atMostMs = 86_400_000) {
      const end = now + atMostMs;
      let settled = false;
      const mark = (): void => void (settled = true);
      promise.then(mark, mark);
      let since = performance.now();
      for (await settle(); !settled; await settle()) {
        const timer = next();
        if (timer === undefined) {
          if (performance.now() - since > outsideMs) throw new Error("it waits, and not for the virtual clock");
          continue;
        }
        if (timer.at > end) throw new Error(`it did not settle within ${atMostMs} ms of virtual time`);
        fire(timer);
        since = performance.now();
      }
      return promise;
    },
    settle,
  };
}
