import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "./clock.ts";

describe("the platform's clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  const most = 2 ** 31 - 1;

  test.each([1, 5, most, most + 1, 3 * most + 7])("calls once after %d ms, no sooner", async (ms) => {
    const act = vi.fn<() => void>();
    systemClock.after(ms, act);
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(act).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(act).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([5, most, 3 * most])("what is called off after %d ms leaves no timer", async (ms) => {
    const act = vi.fn<() => void>();
    const stop = systemClock.after(4 * most, act);
    await vi.advanceTimersByTimeAsync(ms);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    stop();
    await vi.advanceTimersByTimeAsync(5 * most);
    expect(act).not.toHaveBeenCalled();
  });

  test("a wait without end does not come to one", async () => {
    const act = vi.fn<() => void>();
    const stop = systemClock.after(Infinity, act);
    await vi.advanceTimersByTimeAsync(5 * most);
    expect(act).not.toHaveBeenCalled();
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("the wall clock may go back, the other does not", () => {
    const [now, wall] = [systemClock.now(), systemClock.wallNow()];
    vi.setSystemTime(500_000);
    expect(wall).toBe(1_000_000);
    expect(systemClock.wallNow()).toBe(500_000);
    expect(systemClock.now()).toBeGreaterThanOrEqual(now);
  });
});
