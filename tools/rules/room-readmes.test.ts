import { expect, test } from "vitest";
import { repoOf } from "./repo.ts";
import { roomReadmes } from "./room-readmes.ts";

test("top folders, packages and the rooms of test need a README with something in it", () => {
  const files = {
    ".ci/run": "",
    LICENSE: "",
    "docs/guide.md": "",
    "codegen/src/x.ts": "",
    "packages/core/README.md": "# core",
    "packages/core/src/deep/x.ts": "",
    "test/README.md": "# test",
    "test/e2e/x.test.ts": "",
    "tools/README.md": " ",
  };
  expect(roomReadmes.check(repoOf(files))).toEqual([
    "codegen/README.md is missing or empty",
    "test/e2e/README.md is missing or empty",
    "tools/README.md is missing or empty",
  ]);
});
