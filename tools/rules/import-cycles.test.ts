import { expect, test } from "vitest";
import { importCycles } from "./import-cycles.ts";
import { repoOf } from "./repo.ts";

test("a cycle over three files is named once, with its way", () => {
  const repo = repoOf({
    "tools/a.ts": 'import "./sub/b.ts";',
    "tools/sub/b.ts": 'import "./c.ts";',
    "tools/sub/c.ts": 'import "../a.ts";',
  });
  expect(importCycles.check(repo)).toEqual(["tools/a.ts -> tools/sub/b.ts -> tools/sub/c.ts -> tools/a.ts"]);
});

test("types may go in circles, and a diamond is not a cycle", () => {
  const repo = repoOf({
    "tools/a.ts": 'import "./b.ts"; import "./c.ts";',
    "tools/b.ts": 'import "./d.ts"; import type { A } from "./a.ts";',
    "tools/c.ts": 'import "./d.ts";',
    "tools/d.ts": "export const d = 1;",
  });
  expect(importCycles.check(repo)).toEqual([]);
});
