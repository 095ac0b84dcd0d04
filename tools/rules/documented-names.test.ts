import { expect, test } from "vitest";
import { documentedNames } from "./documented-names.ts";
import { readRepo, repoOf } from "./repo.ts";

const check = (page: string, path = "docs/helpers.md"): readonly string[] =>
  documentedNames.check(
    repoOf({
      [path]: page,
      "tools/rules/exported-names.json":
        '{ "kubewright": ["isReady", "type Stored"], "@kubewright/core": ["intercept"], "@kubewright/protobuf": ["decode"] }',
      "packages/node/src/settings/connect-options.ts":
        "export interface ConnectOptions {\n  readonly context?: string;\n  readonly cert?: {\n    readonly inner?: string };\n}\n",
    }),
  );

test("what is called by its name on a page passes; types and other packages are for the reference", () => {
  expect(check("`isReady(object)`, `context`, `cert`, `decode`")).toEqual([]);
});

test.each([
  ["a name that no page has", "`context`, `cert`, `decode`", "isReady"],
  ["a name that is only a part of another", "`isReadyNow`, `context`, `cert`, `decode`", "isReady"],
  ["a name that is only a word of a sentence", "isReady or not, `context`, `cert`, `decode`", "isReady"],
  ["an option of connect() that no page has", "`isReady`, `cert`, `decode`", "context"],
  ["a name of the package for protobuf that no page has", "`isReady`, `context`, `cert`", "decode"],
])("%s is told", (_what, page, name) => {
  expect(check(page)).toEqual([expect.stringContaining(`: ${name} is on no page`)]);
});

test("a page elsewhere does not count", () => {
  expect(check("`isReady`, `context`, `cert`, `decode`", "packages/core/README.md")).toHaveLength(4);
});

test("it sees the options there are", () => {
  const repo = readRepo();
  const without = { ...repo, paths: repo.paths.filter((path) => !path.startsWith("docs/")) };
  expect(documentedNames.check(without).length).toBeGreaterThan(60);
});
