import { expect, test } from "vitest";
import { oneClock } from "./one-clock.ts";
import { repoOf } from "./repo.ts";

const check = (path: string, text: string): readonly string[] => oneClock.check(repoOf({ [path]: text }));

test.each([
  ["setTimeout", "setTimeout(act, 5);"],
  ["setTimeout", "globalThis.setTimeout(act, 5);"],
  ["setTimeout", "let timer: ReturnType<typeof setTimeout>;"],
  ["setInterval", "const every = setInterval;"],
  ["Date.now", "const at = Date.now();"],
  ["Date()", "const text = Date();"],
  ["new Date()", "const at = new Date();"],
  ["performance", "const at = performance.now();"],
  ["performance", "const { now } = performance;"],
  ["Math.random", "const pick = Math.random;"],
  ["AbortSignal.timeout", "send({ signal: AbortSignal.timeout(5) });"],
])("%s is refused in core and runtime", (what, text) => {
  for (const path of ["packages/core/src/client/a.ts", "packages/runtime/src/watch/a.ts"])
    expect(check(path, `\n${text}`)).toEqual([expect.stringContaining(`${path}:2: ${what}: take a Clock`)]);
  for (const path of ["packages/core/src/client/a.test.ts", "packages/node/src/a.ts", "test/support/a.ts"])
    expect(check(path, text)).toEqual([]);
});

test("dates that are given, other names of time, and comments pass", () => {
  const text =
    '// Date.now()\nconst a = [new Date(5), new Date(clock.wallNow()), Date.parse("x"), clock.now(), Math.max(1)];';
  expect(check("packages/core/src/client/a.ts", text)).toEqual([]);
});

test("what must be real time is on the list, as long as it asks for it", () => {
  const path = "packages/core/src/time/clock.ts";
  expect(check(path, "export const now = () => performance.now();")).toEqual([]);
  expect(check(path, "export const now = () => 5;")).toEqual([
    expect.stringContaining(`${path}: it asks for no time; take it off the list`),
  ]);
});
