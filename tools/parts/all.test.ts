import { expect, test } from "vitest";
import { allParts, partsNamed } from "./all.ts";

test("no name means every part, names keep the usual order", () => {
  expect(partsNamed([])).toBe(allParts);
  expect(partsNamed(["unit", "build"]).map(({ name }) => name)).toEqual(["build", "unit"]);
});

test("an unknown part is refused with the names there are", () => {
  expect(() => partsNamed(["unti"])).toThrow(/no such part: unti; there are build, lint/);
});
