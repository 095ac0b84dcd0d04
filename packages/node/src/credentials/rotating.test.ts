import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Rotating, type Fetched, type RotatingOptions } from "./rotating.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A source of "v1", "v2", … that each live `life` milliseconds; what `failing` says fails instead. */
function counting(life: number | undefined, options: Partial<RotatingOptions<string>> = {}) {
  const state = { fetches: 0, failing: undefined as Error | undefined, delay: 0 };
  const source = new Rotating<string>(
    async (): Promise<Fetched<string>> => {
      state.fetches++;
      const value = `v${state.fetches}`;
      if (state.delay > 0) await new Promise((resolve) => setTimeout(resolve, state.delay));
      if (state.failing !== undefined) throw state.failing;
      return { value, expiresAt: life === undefined ? undefined : Date.now() + life };
    },
    { equal: (one, other) => one === other, ...options },
  );
  return { source, state };
}

test("1,000 who wait share one fetch, at the start, at expiry and after a refusal", async () => {
  const { source, state } = counting(60_000);
  const all = async (ask: () => Promise<unknown>): Promise<unknown[]> => [
    ...new Set(await Promise.all(Array.from({ length: 1000 }, ask))),
  ];
  expect(await all(() => source.current())).toEqual(["v1"]);
  vi.advanceTimersByTime(3_600_000);
  expect(await all(() => source.current())).toEqual(["v2"]);
  expect(await all(() => source.renew("v2"))).toEqual(["v3"]);
  expect(await all(() => source.renew("v2"))).toEqual(["v3"]);
  expect(state.fetches).toBe(3);
});

test("ahead of expiry the old value stays in use while the new one is fetched", async () => {
  const { source, state } = counting(600_000);
  await source.current();
  vi.advanceTimersByTime(529_000);
  expect(await source.current()).toBe("v1");
  expect(state.fetches).toBe(1);
  // With the lot at its earliest, 60 s before what is 10 s before the end.
  vi.advanceTimersByTime(2_000);
  expect(await source.current()).toBe("v1");
  expect(state.fetches).toBe(2);
  expect(await source.current()).toBe("v2");
});

test("the moment of an early renewal is drawn by lot", async () => {
  const moments = new Set<number>();
  for (const lot of [0, 0.25, 0.5, 0.75, 1]) {
    vi.spyOn(Math, "random").mockReturnValue(lot);
    const { source, state } = counting(600_000);
    await source.current();
    let after = 0;
    while (state.fetches === 1) {
      vi.advanceTimersByTime(1000);
      after++;
      await source.current();
    }
    moments.add(after);
  }
  expect(moments.size).toBe(5);
  expect(Math.min(...moments)).toBeGreaterThanOrEqual(530);
  expect(Math.max(...moments)).toBeLessThan(590);
});

test("an early renewal that fails is tried again after a while, and its error reaches a call only at the end", async () => {
  const { source, state } = counting(600_000);
  await source.current();
  state.failing = new Error("plugin broke");
  vi.advanceTimersByTime(540_000);
  for (let i = 0; i < 5; i++) expect(await source.current()).toBe("v1");
  expect(state.fetches).toBe(2);
  vi.advanceTimersByTime(10_000);
  expect(await source.current()).toBe("v1");
  await Promise.resolve();
  expect(state.fetches).toBe(3);
  vi.advanceTimersByTime(50_000);
  await expect(source.current()).rejects.toThrow("plugin broke");
  state.failing = undefined;
  expect(await source.current()).toBe("v5");
});

test("a file that fails leaves the last value in use and says so", async () => {
  const failures: unknown[] = [];
  const { source, state } = counting(60_000, { keepLast: true, onFailure: (error) => failures.push(error) });
  await source.current();
  state.failing = new Error("gone");
  vi.advanceTimersByTime(100_000);
  expect(await source.current()).toBe("v1");
  expect(await source.current()).toBe("v1");
  expect(failures).toHaveLength(1);
  state.failing = undefined;
  vi.advanceTimersByTime(10_000);
  expect(await source.current()).toBe("v3");
});

test("the first value must come", async () => {
  const { source, state } = counting(60_000, { keepLast: true });
  state.failing = new Error("gone");
  await expect(source.current()).rejects.toThrow("gone");
  state.failing = undefined;
  expect(await source.current()).toBe("v2");
});

test("what arrives expired is used for ten seconds: clocks differ, and the server has the last word", async () => {
  const { source, state } = counting(-5_000);
  for (let i = 0; i < 10; i++) expect(await source.current()).toBe("v1");
  vi.advanceTimersByTime(10_001);
  expect(await source.current()).toBe("v2");
  expect(state.fetches).toBe(2);
});

test("a value without expiry stays until it is refused", async () => {
  const { source } = counting(undefined);
  await source.current();
  vi.advanceTimersByTime(1e12);
  expect(await source.current()).toBe("v1");
  expect(await source.renew("v1")).toBe("v2");
});

test("a renewal that brings the same, or one that is refused too, is not repeated at once", async () => {
  let fetches = 0;
  const source = new Rotating<string>(
    async () => {
      fetches++;
      return { value: "same" };
    },
    { equal: (one, other) => one === other },
  );
  await source.current();
  expect(await source.renew("same")).toBeUndefined();
  expect(await source.renew("same")).toBeUndefined();
  expect(fetches).toBe(2);
  vi.advanceTimersByTime(10_001);
  expect(await source.renew("same")).toBeUndefined();
  expect(fetches).toBe(3);
});

test("whoever aborts leaves at once with the signal's reason; the others get the value", async () => {
  const { source, state } = counting(60_000);
  state.delay = 1000;
  const controller = new AbortController();
  const left = source.current(controller.signal);
  const stayed = source.current();
  controller.abort(new Error("enough"));
  await expect(left).rejects.toThrow("enough");
  await vi.advanceTimersByTimeAsync(1000);
  expect(await stayed).toBe("v1");
  expect(state.fetches).toBe(1);
});

test("when all who waited have aborted, the fetch goes on, and the next has its value", async () => {
  const { source, state } = counting(60_000);
  state.delay = 1000;
  const controller = new AbortController();
  const left = [1, 2].map(() => source.current(controller.signal).catch((error: unknown) => error));
  controller.abort("enough");
  expect(await Promise.all(left)).toEqual(["enough", "enough"]);
  const next = source.current();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await next).toBe("v1");
  expect(state.fetches).toBe(1);
});
