import { expect, test } from "vitest";
import { allParts, partsNamed } from "./all.ts";

test("no name means every part, names keep the usual order", () => {
  expect(partsNamed([])).toBe(allParts);
  const [build, unit] = [allParts[0], allParts.find(({ name }) => name === "unit")];
  expect(partsNamed(["unit", "build"])).toEqual([build, unit]);
});

test("an unknown part is refused with the names there are", () => {
  expect(partsNamed(["unti"])).toMatch(/^no such part: unti; there are build, lint/);
});
