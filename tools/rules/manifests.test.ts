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
  homepage: "https://github.com/kubewright/kubewright#readme",
  repository: {
    type: "git",
    url: "git+https://github.com/kubewright/kubewright.git",
    directory: "packages/core",
  },
  bugs: "https://github.com/kubewright/kubewright/issues",
  keywords: ["kubernetes"],
  publishConfig: { access: "public", provenance: true },
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
  [{ homepage: "https://example.com" }, "homepage"],
  [{ repository: { ...good.repository, directory: "packages/node" } }, "directory packages/core"],
  [{ repository: { ...good.repository, url: "https://github.com/kubewright/kubewright" } }, "repository"],
  [{ bugs: undefined }, "bugs"],
  [{ keywords: ["k8s"] }, "keywords"],
  [{ publishConfig: { access: "public" } }, "provenance"],
])("%j is refused", (fields, word) => {
  const problems = check(fields);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(word);
});

test("two versions, and a range in the catalog, are refused", () => {
  const repository = { ...good.repository, directory: "packages/api" };
  const other = JSON.stringify({ ...good, repository, version: "0.2.0" });
  expect(check({}, { "packages/api/package.json": other })[0]).toContain("versions differ");
  expect(check({}, { "pnpm-workspace.yaml": "catalog:\n  ky: ^2.1.0\n" })).toEqual([
    "pnpm-workspace.yaml: ky ^2.1.0 is not exact",
  ]);
});
