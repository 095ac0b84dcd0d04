import { expect, test } from "vitest";
import { folderLayers } from "./folder-layers.ts";
import { repoOf } from "./repo.ts";

const src = "packages/node/src";
const check = (files: Readonly<Record<string, string>>): readonly string[] => folderLayers.check(repoOf(files));

test.each([
  ["a higher folder", "settings/a.ts", 'import { b } from "../dial/b.ts";', "settings may not import from dial"],
  ["its type only", "dial/a.ts", 'import type { B } from "../transport/b.ts";', "dial may not import from transport"],
  ["it when first used", "dial/a.ts", 'const b = () => import("../transport/b.ts");', "from transport"],
  ["it by handing it on", "dial/a.ts", 'export { b } from "../transport/b.ts";', "from transport"],
  ["the files of src", "credentials/a.ts", 'import { b } from "../b.ts";', "credentials may not import from ."],
  ["a folder of the same layer", "kubeconfig/a.ts", 'import { b } from "../dial/b.ts";', "kubeconfig may not import"],
  ["a listed folder within its own", "dial/a.ts", 'import { b } from "./proxy/b.ts";', "from dial/proxy"],
])("%s is refused", (_, file, text, message) => {
  const problems = check({ [`${src}/${file}`]: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${src}/${file}:1: `);
  expect(problems[0]).toContain(message);
});

test("a folder without a layer is refused", () => {
  expect(check({ [`${src}/attic/a.ts`]: "export const a = 1;" })).toEqual([
    `${src}/attic/a.ts: its folder has no layer in tools/rules/folder-layers.ts`,
  ]);
});

test("what lies below, in the same folder or in another package passes, and tests look anywhere", () => {
  expect(
    check({
      [`${src}/credentials/exec/a.ts`]: 'import "../b.ts"; import "../../kubeconfig/c.ts"; import "../oidc/d.ts";',
      [`${src}/dial/proxy/a.ts`]: 'import { b } from "../b.ts"; import { x } from "@kubewright/core";',
      [`${src}/a.ts`]: 'import "./transport/b.ts"; import "./b.ts";',
      [`${src}/settings/a.test.ts`]: 'import { b } from "../transport/b.ts";',
    }),
  ).toEqual([]);
});

test("folders that are joined count as one", () => {
  const core = "packages/core/src";
  expect(
    check({
      [`${core}/gen/a.ts`]: 'import type { M } from "../types/m.ts";',
      [`${core}/types/m.ts`]: 'import type { A } from "../gen/a.ts";',
    }),
  ).toEqual([]);
  expect(check({ [`${core}/gen/a.ts`]: 'import { e } from "../errors/e.ts";' })).toEqual([
    `${core}/gen/a.ts:1: gen+types may not import from errors, which is not below it`,
  ]);
});
