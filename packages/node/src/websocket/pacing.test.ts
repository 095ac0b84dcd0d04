import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPacing } from "./pacing.ts";

const kib = 1024;

/** Sends as much as there is room for, and pings where that is wanted; gives how many pings went out. */
function fill(pacing: ReturnType<typeof createPacing>, pieceBytes: number, now: number): number {
  let pings = 0;
  while (pacing.hasRoom) {
    pacing.sent(pieceBytes);
    if (pacing.wantsPing) {
      pacing.pinged(now);
      pings += 1;
    }
  }
  return pings;
}

describe("pacing", () => {
  test("128 KiB are under way until they are acknowledged", () => {
    const pacing = createPacing(0);
    expect(fill(pacing, 64 * kib, 100)).toBe(2);
    expect(pacing.underWay).toBe(128 * kib);
    pacing.answered(1, 101);
    expect([pacing.underWay, pacing.hasRoom]).toEqual([64 * kib, true]);
  });

  test("behind little there is no ping; any ping counts for what was sent before it", () => {
    const pacing = createPacing(0);
    pacing.sent(100);
    expect([pacing.wantsPing, pacing.underWay]).toEqual([false, 100]);
    pacing.pinged(5);
    pacing.sent(50);
    pacing.answered(1, 6);
    expect(pacing.underWay).toBe(50);
  });

  test("grows to 1 MiB once a command has read plenty, and falls back at the first late answer", () => {
    const pacing = createPacing(0);
    let now = 1000;
    let taken = 0;
    const turn = (tookMs: number): void => {
      const pings = fill(pacing, 64 * kib, now);
      const size = pacing.underWay;
      now += tookMs;
      pacing.answered(pings, now);
      taken += size;
    };
    while (taken < 15 * 1024 * kib) turn(1);
    fill(pacing, 64 * kib, now);
    expect(pacing.underWay).toBe(128 * kib);
    pacing.answered(2, now + 1);
    for (let turns = 0; turns < 100; turns++) turn(1);
    fill(pacing, 64 * kib, now);
    expect(pacing.underWay).toBe(1024 * kib);
    pacing.answered(100, now + 10);
    fill(pacing, 64 * kib, now);
    expect(pacing.underWay).toBe(128 * kib);
  });

  test("nothing follows at once in the beginning, and behind a stall", () => {
    const pacing = createPacing(0);
    const answered = (at: number, tookMs: number): number => {
      fill(pacing, 64 * kib, at);
      return pacing.answered(2, at + tookMs);
    };
    expect([answered(1, 1), answered(30, 1), answered(100, 1), answered(200, 100), answered(400, 1)]).toEqual([
      10, 10, 0, 25, 0,
    ]);
  });

  test("behind little, whatever follows a ping may follow at once", () => {
    const pacing = createPacing(0);
    const answered = (at: number, tookMs: number): number => {
      pacing.sent(300);
      pacing.pinged(at);
      return pacing.answered(1, at + tookMs);
    };
    expect([answered(1, 1), answered(30, 1), answered(200, 100)]).toEqual([0, 0, 0]);
  });

  test("whoever waits for room waits for a ping that is under way", () => {
    const step = fc.oneof(
      fc.record({ send: fc.integer({ min: 0, max: 300 * kib }) }),
      fc.record({ answer: fc.integer({ min: 1, max: 3 }) }),
      fc.constant({ ping: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pacing = createPacing(0);
        let out = 0;
        let now = 0;
        for (const one of steps) {
          now += 3;
          if ("send" in one) {
            pacing.sent(one.send);
            if (pacing.wantsPing) {
              pacing.pinged(now);
              out += 1;
            }
          } else if ("answer" in one) {
            pacing.answered(Math.min(one.answer, out), now);
            out -= Math.min(one.answer, out);
          } else {
            pacing.pinged(now);
            out += 1;
          }
          expect(pacing.hasRoom || out > 0).toBe(true);
          expect(pacing.underWay).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
