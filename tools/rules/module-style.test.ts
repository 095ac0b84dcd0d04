import { expect, test } from "vitest";
import { moduleStyle } from "./module-style.ts";
import { repoOf } from "./repo.ts";

test.each([
  ['export * from "./a.ts";', "export *"],
  ["export default 1;", "default export"],
  ["export enum A { B }", "enum"],
  ["namespace A { export const b = 1; }", "namespace"],
])("%s is refused", (text, word) => {
  const problems = moduleStyle.check(repoOf({ "tools/x.ts": text }));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(word);
});

test("named exports pass, and so does a default export that a tool wants", () => {
  const files = {
    "tools/x.ts": 'export { a } from "./a.ts"; export const b = 1;',
    "vitest.config.ts": "export default {};",
  };
  expect(moduleStyle.check(repoOf(files))).toEqual([]);
});
