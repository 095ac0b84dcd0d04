import { expect, test } from "vitest";
import { cells } from "./cells.ts";
import { items } from "./matrix.ts";
import { fileOf } from "./recording/files.ts";

const names = Object.keys(cells);

test("every item has cells, and every cell its item", () => {
  const begins = Object.values(items).flat();
  expect(names.filter((name) => !begins.some((begin) => name.startsWith(begin)))).toEqual([]);
  expect(begins.filter((begin) => !names.some((name) => name.startsWith(begin)))).toEqual([]);
});

test("every cell has a file of its own", () => {
  expect(new Set(names.map(fileOf)).size).toBe(names.length);
});
