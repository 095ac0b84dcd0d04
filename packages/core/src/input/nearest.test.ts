import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each<[string, string | undefined]>([
  ["deploymnts", "deployments"],
  ["Pods", "pods"],
  ["cms", "cm"],
  ["widgets", undefined],
  // A word in which every letter would have to change is not what was meant.
  ["d", undefined],
  ["xy", undefined],
  ["", undefined],
])("the nearest to %j is %j", (word, expected) => {
  expect(nearest(word, ["pods", "deployments", "cm"])).toBe(expected);
});
