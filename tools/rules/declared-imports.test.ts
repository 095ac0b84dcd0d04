import { expect, test } from "vitest";
import { declaredImports } from "./declared-imports.ts";
import { repoOf } from "./repo.ts";

const manifests = {
  "package.json": JSON.stringify({ devDependencies: { vitest: "catalog:" } }),
  "packages/core/package.json": JSON.stringify({ dependencies: { ky: "catalog:" } }),
};

test("an import that the room does not declare is refused", () => {
  const repo = repoOf({ ...manifests, "packages/core/src/a.ts": 'import x from "undici";' });
  expect(declaredImports.check(repo)).toEqual([
    "packages/core/src/a.ts:1: undici is not a dependency of packages/core",
  ]);
});

test("what only the workspace's top declares is for tests and tools", () => {
  const text = 'import { test } from "vitest";';
  const files = { "packages/core/src/a.test.ts": text, "tools/a.ts": text, "vitest.config.ts": text };
  expect(declaredImports.check(repoOf({ ...manifests, ...files }))).toEqual([]);
  expect(declaredImports.check(repoOf({ ...manifests, "packages/core/src/a.ts": text }))).toHaveLength(1);
});

test("declared, relative and built-in imports pass", () => {
  const text = 'import ky from "ky"; import "./b.ts"; import "node:fs";';
  expect(declaredImports.check(repoOf({ ...manifests, "packages/core/src/a.ts": text }))).toEqual([]);
});
