import { expect, test } from "vitest";
import { importArrows } from "./import-arrows.ts";
import { repoOf } from "./repo.ts";

function check(files: Readonly<Record<string, string>>): readonly string[] {
  return importArrows.check(repoOf(files));
}

test.each([
  [
    "packages/core/src/a.ts",
    'import { x } from "@kubewright/api/apps/v1";',
    "packages/core may not import @kubewright/api",
  ],
  ["packages/core/src/a.ts", 'import { readFile } from "node:fs";', "packages/core may not import node:fs"],
  ["packages/core/src/a.ts", 'import { x } from "../../node/src/x.ts";', "leaves packages/core"],
  ["packages/core/src/a.ts", 'import { x } from "../../../test/x.ts";', "leaves packages/core"],
  ["packages/core/src/a.test.ts", 'import { x } from "../../node/src/x.ts";', "leaves packages/core"],
  ["packages/kubewright/src/a.ts", 'const yaml = import("yaml");', "yaml belongs to packages/node"],
  ["packages/core/src/index.ts", 'import { load } from "js-yaml";', "js-yaml is loaded with the package"],
  ["packages/api/src/gen/apps/v1.ts", 'import type { x } from "@kubewright/node";', "may not import @kubewright/node"],
  ["packages/node/src/a.ts", 'import ky from "ky";', "ky belongs to packages/core"],
  ["packages/node/src/a.ts", 'import { x } from "kubewright";', "packages/node may not import kubewright"],
  ["packages/node/src/index.ts", 'export { x } from "@kubewright/protobuf";', "is loaded with the package"],
  ["packages/proxy/src/index.ts", 'export { x } from "@kubewright/node/websocket";', "is loaded with the package"],
  [
    "packages/node/src/a.ts",
    'import { Reader } from "protobufjs/minimal.js";',
    "protobufjs belongs to packages/protobuf",
  ],
  ["packages/core/src/a.ts", 'const x = import("@kubewright/protobuf");', "may not import @kubewright/protobuf"],
  ["packages/kubewright/src/a.ts", 'const x = import("@kubewright/protobuf");', "may not import @kubewright/protobuf"],
  ["packages/kubewright/src/a.ts", 'import { x } from "@kubewright/codegen";', "may not import @kubewright/codegen"],
  ["packages/kubewright/src/a.ts", 'import { x } from "node:os";', "packages/kubewright may not import node:os"],
  ["packages/node/src/transport/a.ts", 'import { connect } from "node:net";', "belongs to packages/node/src/dial/"],
  ["packages/node/src/a.ts", 'import { lookup } from "node:dns/promises";', "belongs to packages/node/src/dial/"],
  [
    "packages/unknown/src/a.ts",
    'import { x } from "@kubewright/core";',
    "packages/unknown may not import @kubewright/core",
  ],
])("%s: %s is refused", (path, text, message) => {
  const problems = check({ [path]: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${path}:1: `);
  expect(problems[0]).toContain(message);
});

test("what loads when it is first used is refused behind static imports of any entry", () => {
  const files = {
    "packages/core/package.json": '{"exports":{"./web":{"kubewright-source": "./src/web.ts"}}}',
    "packages/core/src/web.ts": 'export { a } from "./a.ts";',
    "packages/core/src/a.ts": 'import { b } from "./b.ts";',
    "packages/core/src/b.ts": 'import { load } from "js-yaml";',
  };
  expect(check(files)).toEqual([
    expect.stringContaining("packages/core/src/b.ts:1: js-yaml is loaded with the package"),
  ]);
});

test.each([
  ["packages/core", 'import ky from "ky";'],
  ["packages/protobuf", 'import { Reader } from "protobufjs/minimal.js";'],
])("a second file of %s with %s is refused", (room, text) => {
  expect(check({ [`${room}/src/a.ts`]: text })).toEqual([]);
  expect(check({ [`${room}/src/a.ts`]: text, [`${room}/src/b.ts`]: text })).toHaveLength(1);
});

test("what the design allows passes", () => {
  expect(
    check({
      "packages/core/src/index.ts": 'import { b } from "./b.ts"; export const y = () => import("./yaml.ts");',
      "packages/core/src/b.ts": 'import type { Type } from "js-yaml";',
      "packages/core/src/yaml.ts": 'import { load } from "js-yaml";',
      "packages/core/src/a.test.ts": 'import { readFileSync } from "node:fs";',
      "packages/api/src/gen/apps/v1.ts": 'import type { Resource } from "@kubewright/core";',
      "packages/core/src/b.test.ts": 'import { x } from "../../../test/support/x.ts";',
      "packages/node/src/a.ts": 'import { request } from "node:http"; import { x } from "@kubewright/core";',
      "packages/node/src/index.ts": 'export const load = () => import("@kubewright/protobuf");',
      "packages/node/src/dial/a.ts": 'import { connect } from "node:tls";',
      "packages/kubewright/src/gen/apps/v1.ts": 'export { AppsV1 } from "@kubewright/api/apps/v1";',
      "test/e2e/a.test.ts": 'import { connect } from "kubewright"; import { x } from "../../codegen/src/x.ts";',
    }),
  ).toEqual([]);
});
