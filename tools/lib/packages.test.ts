import { expect, test } from "vitest";
import { entriesOf, programsOf, publishedPackages, readPackage } from "./packages.ts";

test("a program's source stands where its output does", () => {
  expect(programsOf(readPackage("codegen"))).toEqual([
    { subpath: "./dist/cli.mjs", source: "src/cli.ts", output: "cli" },
  ]);
});

test("a package's root is an entry, its package.json is none", () => {
  const entries = entriesOf(readPackage("packages/core"));
  expect(entries).toContainEqual({ subpath: ".", source: "src/index.ts", output: "index" });
  expect(entries.map(({ subpath }) => subpath)).not.toContain("./package.json");
});

test("a pattern becomes the files that exist", () => {
  const pkg = {
    folder: "tools",
    manifest: {
      name: "x",
      version: "0.0.0",
      exports: { "./*": { "kubewright-source": "./parts/*.ts" } },
    },
  };
  const entries = entriesOf(pkg);
  expect(entries.map(({ subpath }) => subpath)).toContain("./summary");
  expect(entries.map(({ source }) => source)).toContain("parts/summary.ts");
  expect(entries.map(({ source }) => source)).not.toContain("parts/summary.test.ts");
});

test("what is published comes after what it depends on", () => {
  const seen = new Set<string>();
  for (const { manifest } of publishedPackages()) {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      if (name === "kubewright" || name.startsWith("@kubewright/")) expect(seen, manifest.name).toContain(name);
    }
    seen.add(manifest.name);
  }
});
