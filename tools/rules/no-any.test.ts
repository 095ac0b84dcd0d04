import { expect, test } from "vitest";
import { noAny } from "./no-any.ts";
import { repoOf } from "./repo.ts";

test("any is found in sources and generated modules, not in comments, names or tests", () => {
  const files = {
    "packages/core/src/a.ts": "// any\nexport function f(x: any): void {}",
    "packages/api/src/gen/apps/v1.ts": "export interface A { b?: Record<string, any>; any?: string }",
    "packages/core/src/b.test.ts": "const x: any = 1;",
  };
  expect(noAny.check(repoOf(files))).toEqual([
    "packages/api/src/gen/apps/v1.ts:1: any",
    "packages/core/src/a.ts:2: any",
  ]);
});
