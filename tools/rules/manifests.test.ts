import { expect, test } from "vitest";
import { manifests } from "./manifests.ts";
import { repoOf } from "./repo.ts";

const good = {
  name: "@kubewright/core",
  version: "0.1.0",
  type: "module",
  license: "Apache-2.0",
  sideEffects: false,
  engines: { node: "^22.19 || >=24" },
  dependencies: { ky: "catalog:", typescript: "catalog:openapi" },
};

function check(fields: object, others: Readonly<Record<string, string>> = {}): readonly string[] {
  return manifests.check(repoOf({ "packages/core/package.json": JSON.stringify({ ...good, ...fields }), ...others }));
}

test("what is right passes", () => {
  const yaml =
    'packages:\n  - test\n\ncatalog:\n  "@types/node": 24.19.2\n  ky: 2.1.0\ncatalogs:\n  a:\n    b: 1.2.3\n';
  expect(check({}, { "pnpm-workspace.yaml": yaml })).toEqual([]);
  expect(check({ sideEffects: ["./src/a.ts", "./dist/a.mjs", "./dist/a.js"] })).toEqual([]);
});

test.each([
  [{ dependencies: { ky: "^2.1.0" } }, "ky"],
  [{ dependencies: { "@kubewright/api": "catalog:" } }, "workspace:*"],
  [{ scripts: { postinstall: "node x.js" } }, "postinstall"],
  [{ type: "commonjs" }, "type"],
  [{ license: "MIT" }, "license"],
  [{ sideEffects: true }, "sideEffects"],
  [{ sideEffects: ["./src/a.ts", "./dist/a.mjs"] }, "sideEffects"],
  [{ sideEffects: ["./src/a.ts", "./dist/a.mjs", "./dist/a.js", "./dist/b.js"] }, "sideEffects"],
  [{ sideEffects: ["./src/a/b.ts", "./dist/a/b.mjs", "./dist/a/b.js"] }, "sideEffects"],
  [{ engines: { node: ">=22.19" } }, "engines.node"],
])("%j is refused", (fields, word) => {
  const problems = check(fields);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(word);
});

test("two versions, and a range in the catalog, are refused", () => {
  const other = JSON.stringify({ ...good, version: "0.2.0" });
  expect(check({}, { "packages/api/package.json": other })[0]).toContain("versions differ");
  expect(check({}, { "pnpm-workspace.yaml": "catalog:\n  ky: ^2.1.0\n" })).toEqual([
    "pnpm-workspace.yaml: ky ^2.1.0 is not exact",
  ]);
});
