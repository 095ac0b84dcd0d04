import { describe, expect, test } from "vitest";
import { createLiveness, type LivenessState } from "./liveness.ts";

const times = { tickMs: 1000, most: 3 };
const waits: LivenessState = { unanswered: true, paused: false, pending: false };

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

  test("while we do not read, nothing is asked", () => {
    expect(createLiveness(times, 0).tick(1000, { unanswered: false, paused: true, pending: false })).toBe("wait");
    expect(createLiveness(times, 0).tick(1000, { unanswered: false, paused: false, pending: true })).toBe("ping");
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
});
