import { expect, test } from "vitest";
import { compareNames, namesOf } from "./exported-names.ts";
import { repoOf } from "./repo.ts";

test("names and kinds are read from the entry file", () => {
  const repo = repoOf({
    "packages/core/src/index.ts": 'export { b, a } from "./a.ts"; export type { C } from "./c.ts";',
  });
  const entries = [
    { entry: "@kubewright/core", path: "packages/core/src/index.ts" },
    { entry: "@kubewright/core/missing", path: "packages/core/src/missing.ts" },
  ];
  expect(namesOf(repo, entries)).toEqual({ "@kubewright/core": ["a", "b", "type C"] });
});

test("a name that is gone, new, or changed its kind is a breach", () => {
  expect(compareNames({ x: ["a", "b", "type C"] }, { x: ["a", "C", "d"] })).toEqual([
    "x: gone: b, type C",
    "x: new: C, d",
    expect.stringContaining("npm run rules -- --update"),
  ]);
});

test("the same names are not a difference", () => {
  expect(compareNames({ x: ["a"] }, { x: ["a"] })).toEqual([]);
});
