import { setTimeout as sleep } from "node:timers/promises";
import { pause } from "@kubewright/core";
import { expect, test } from "vitest";
import { createVirtualClock } from "./virtual-clock.ts";

test("time stands until it is moved, by the wall and by the clock", async () => {
  const clock = createVirtualClock({ now: 5, wallNow: Date.UTC(2030, 1, 2) });
  await sleep(5);
  expect([clock.now(), new Date(clock.wallNow()).toISOString()]).toEqual([5, "2030-02-02T00:00:00.000Z"]);
  await clock.advance(3_600_000);
  expect([clock.now(), new Date(clock.wallNow()).toISOString()]).toEqual([3_600_005, "2030-02-02T01:00:00.000Z"]);
});

test("timers run in the order in which they are due, each at its time, and what they set off between them", async () => {
  const clock = createVirtualClock();
  const seen: string[] = [];
  const at = (what: string): void => void seen.push(`${what} ${clock.now()}`);
  clock.after(30, () => at("c"));
  clock.after(10, () => at("a"));
  clock.after(10, () => at("b"));
  void (async () => {
    for (let round = 0; round < 3; round++) {
      await pause(clock, 15);
      // Several turns of the event loop, before the next timer all the same.
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      at("loop");
    }
  })();
  await clock.advance(29);
  expect(seen).toEqual(["a 10", "b 10", "loop 15"]);
  await clock.advance(1);
  expect(seen.slice(3)).toEqual(["c 30", "loop 30"]);
  expect([clock.pending, clock.nextAt]).toEqual([1, 45]);
  await clock.advance(100);
  expect([seen.at(-1), clock.pending, clock.nextAt]).toEqual(["loop 45", 0, undefined]);
});

test("what is called off does not run, and is not pending", async () => {
  const clock = createVirtualClock();
  let ran = false;
  const stop = clock.after(10, () => (ran = true));
  expect(clock.pending).toBe(1);
  stop();
  expect(clock.pending).toBe(0);
  await clock.advance(20);
  expect(ran).toBe(false);
});

test("a timer that throws fails the test that moved the clock", async () => {
  const clock = createVirtualClock();
  clock.after(10, () => {
    throw new Error("broken");
  });
  await expect(clock.advance(20)).rejects.toThrow("broken");
});

test("chance repeats with its seed, and covers 0 to 1", () => {
  const draw = (seed?: number): number[] => {
    const clock = createVirtualClock(seed === undefined ? {} : { seed });
    return Array.from({ length: 1000 }, () => clock.random());
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw()).toEqual(draw(1));
  const values = draw(3);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  expect([Math.min(...values) >= 0, Math.max(...values) < 1, new Set(values).size]).toEqual([true, true, 1000]);
});

test("a promise is run to its end, however many timers that takes", async () => {
  const clock = createVirtualClock();
  const work = async (fails: boolean): Promise<string> => {
    for (let round = 0; round < 10; round++) await pause(clock, 60_000);
    await sleep(5); // outside
    if (fails) throw new Error("broken");
    return "done";
  };
  expect(await clock.run(work(false))).toBe("done");
  expect(clock.now()).toBe(600_000);
  await expect(clock.run(work(true))).rejects.toThrow("broken");
  await expect(clock.run(pause(clock, 2000), 1000)).rejects.toThrow("did not settle within 1000 ms of virtual time");
});
