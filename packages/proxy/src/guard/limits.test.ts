import { expect, test } from "vitest";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createLimits } from "./limits.ts";

test("what is entered is counted until it is left, however often it is left", () => {
  const limits = createLimits({ perIdentity: { streams: 2 } }, createVirtualClock());
  const share = limits.of("a");
  const leave = share.enter("streams");
  share.enter("streams");
  expect(() => share.enter("streams")).toThrow("you have 2 streams under way");
  expect(() => share.enter("subscriptions")).not.toThrow();
  expect(() => limits.of("b").enter("streams")).not.toThrow();
  leave();
  leave();
  share.enter("streams");
  expect(() => share.enter("streams")).toThrow("under way");
});

test("what is not said has a default, and the others keep theirs", () => {
  const limits = createLimits({ bodyBytes: 5, stallMs: undefined, inAll: { streams: 1 } }, createVirtualClock());
  expect(limits).toMatchObject({ bodyBytes: 5, bodyMs: 30_000, answerMs: 60_000, stallMs: 60_000 });
  limits.inAll.enter("streams");
  expect(() => limits.inAll.enter("streams")).toThrow("the proxy has 1 streams");
  for (let at = 0; at < 2000; at++) limits.inAll.enter("requests");
  expect(() => limits.inAll.enter("requests")).toThrow("the proxy has 2000 requests");
});

test("who did nothing for long is forgotten, and who does something is not", async () => {
  const clock = createVirtualClock();
  const limits = createLimits({ perIdentity: { streams: 1 } }, clock);
  const busy = limits.of("busy");
  busy.enter("streams");
  const fast = limits.of("fast");
  fast.begin();
  const idle = limits.of("idle");
  for (let at = 0; at < 1000; at++) limits.of(`another ${at}`);
  expect(limits.of("busy")).toBe(busy);
  expect(limits.of("fast")).toBe(fast);
  expect(limits.of("idle")).not.toBe(idle);
});

test.each<[object, string]>([
  [{ bodybytes: 1 }, "limits.bodybytes: there is no such option; did you mean limits.bodyBytes?"],
  [{ bodyBytes: 0 }, "limits.bodyBytes: it must be a number above 0"],
  [{ bodyMs: "1" }, "limits.bodyMs: "],
  [{ perIdentity: { stream: 1 } }, "limits.perIdentity.stream: "],
  [{ inAll: { streams: Number.NaN } }, "limits.inAll.streams: "],
])("%j are no limits", (limits, message) => {
  expect(() => createLimits(limits, createVirtualClock())).toThrow(`Invalid ${message}`);
});
