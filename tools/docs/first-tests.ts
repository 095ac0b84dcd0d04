import { readFileSync } from "node:fs";
import { inRoot } from "../lib/root.ts";
import { blocksOf } from "./snippets.ts";

/** How to know each runner's block on the page. */
const signs = { vitest: 'from "vitest"', "node:test": 'from "node:test"', jest: "beforeAll(" } as const;

/** The first test that docs/testing.md shows for a runner, as a file. */
export function firstTest(runner: keyof typeof signs): string {
  const blocks = blocksOf(readFileSync(inRoot("docs", "testing.md"), "utf8"));
  const found = blocks.find(({ code }) => code.includes(signs[runner]));
  if (found === undefined) throw new Error(`docs/testing.md has no first test for ${runner}`);
  return found.code;
}
