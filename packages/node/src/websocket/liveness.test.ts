import { describe, expect, test } from "vitest";
import { createLiveness, type LivenessState } from "./liveness.ts";

const times = { tickMs: 1000, most: 3 };
const waits: LivenessState = { unanswered: true, busy: false, paused: false, pending: false };

describe("liveness", () => {
  test("one ping at a time; three ticks without its answer are the end", () => {
    const liveness = createLiveness(times, 0);
    expect(liveness.tick(1000, { ...waits, unanswered: false })).toBe("ping");
    expect([2000, 3000, 4000].map((now) => liveness.tick(now, waits))).toEqual(["wait", "wait", "dead"]);
  });

  test("whatever comes is a sign of life", () => {
    const liveness = createLiveness(times, 0);
    for (let now = 1000; now < 20_000; now += 1000) {
      expect(liveness.tick(now, waits)).toBe("wait");
      if (now % 2000 === 0) liveness.heard();
    }
  });

  test("while messages come nothing is asked; what falls silent behind them is asked, and found within five ticks", () => {
    const liveness = createLiveness(times, 0);
    const answered = { ...waits, unanswered: false };
    const seconds = Array.from({ length: 60 }, (_, index) => index + 1);
    expect(new Set(seconds.map((second) => liveness.tick(1000 * second, { ...answered, busy: true })))).toEqual(
      new Set(["wait"]),
    );
    expect(liveness.tick(61_000, answered)).toBe("ping");
    expect([62, 63, 64].map((second) => liveness.tick(1000 * second, waits))).toEqual(["wait", "wait", "dead"]);
  });

  test("while we do not read nothing is asked, while something of ours waits it is", () => {
    const answered = { ...waits, unanswered: false };
    expect(createLiveness(times, 0).tick(1000, { ...answered, paused: true })).toBe("wait");
    expect(createLiveness(times, 0).tick(1000, { ...answered, pending: true })).toBe("ping");
  });

  test.each([{ paused: true }, { pending: true }])("while %j, silence proves nothing", (state) => {
    const liveness = createLiveness(times, 0);
    const ticks = Array.from({ length: 60 }, (_, index) => liveness.tick(1000 * (index + 1), { ...waits, ...state }));
    expect(new Set(ticks)).toEqual(new Set(["wait"]));
    expect([61, 62, 63].map((second) => liveness.tick(1000 * second, waits))).toEqual(["wait", "wait", "dead"]);
  });

  test("a stall of our own counts for nothing", () => {
    const liveness = createLiveness(times, 0);
    liveness.tick(1000, waits);
    liveness.tick(2000, waits);
    expect([7000, 8000].map((now) => liveness.tick(now, waits))).toEqual(["wait", "dead"]);
    const other = createLiveness(times, 0);
    expect(Array.from({ length: 10 }, (_, index) => other.tick(5000 * (index + 1), waits))).not.toContain("dead");
  });

  test.each([{ paused: true }, { pending: true }])("while %j, silence has a bound where one is given", (state) => {
    const liveness = createLiveness({ ...times, stallMs: 5000 }, 0);
    const tick = (second: number) => liveness.tick(1000 * second, { ...waits, ...state });
    expect([1, 2, 3, 4].map(tick)).toEqual(["wait", "wait", "wait", "wait"]);
    liveness.heard();
    // A stall of our own from 7 to 20 does not count.
    expect([5, 6, 7, 20, 21, 22].map(tick)).toEqual(Array.from({ length: 6 }, () => "wait"));
    expect(tick(23)).toBe("stalled");
  });

  test("silence that proved something begins that bound anew", () => {
    const liveness = createLiveness({ ...times, stallMs: 3000 }, 0);
    const states = [{ pending: true }, { pending: true }, {}, { pending: true }, { pending: true }, { pending: true }];
    const said = states.map((state, index) =>
      liveness.tick(1000 * (index + 1), { ...waits, unanswered: "pending" in state, ...state }),
    );
    expect(said).toEqual(["wait", "wait", "ping", "wait", "wait", "stalled"]);
  });

  test("what speaks now and then does not stall, however long the time between two looks", () => {
    const liveness = createLiveness({ ...times, stallMs: 1200 }, 0);
    for (let now = 1300; now < 30_000; now += 1300) {
      liveness.heard();
      expect(liveness.tick(now, { ...waits, pending: true })).toBe("wait");
    }
  });
});
