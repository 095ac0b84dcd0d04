import { expect, test } from "vitest";
import { deepFreeze } from "./deep-freeze.ts";

test("all of it is frozen, however deep", () => {
  const value = { a: [{ b: {} }, null, "c"], d: 1 };
  expect(deepFreeze(value)).toBe(value);
  expect([value, value.a, value.a[0], (value.a[0] as { b: object }).b].every((one) => Object.isFrozen(one))).toBe(true);
  let deep: unknown[] = [];
  const innermost = deep;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  deepFreeze(deep);
  expect(Object.isFrozen(innermost)).toBe(true);
});
