import { expect, test } from "vitest";
import { noFocusedTests } from "./no-focused-tests.ts";
import { repoOf } from "./repo.ts";

test("focused and switched-off tests are found, conditions are not", () => {
  const text = [
    'test.only("a", f);',
    'describe.concurrent.skip("b", f);',
    'it.todo("c");',
    'test.skipIf(noGo)("d", f);',
    'context.skip("no Go");',
    'test("e", f);',
  ].join("\n");
  expect(noFocusedTests.check(repoOf({ "tools/x.test.ts": text }))).toEqual([
    "tools/x.test.ts:1: .only",
    "tools/x.test.ts:2: .skip",
    "tools/x.test.ts:3: .todo",
  ]);
});
