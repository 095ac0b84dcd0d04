import { expect, test } from "vitest";
import { fileNames } from "./file-names.ts";
import { repoOf } from "./repo.ts";

test("camelCase, snake_case and capitals are refused, in folders too", () => {
  const bad = ["tools/someFile.ts", "tools/some_file.mjs", "tools/Thing.ts", "test/someFolder/x.ts"];
  const files = Object.fromEntries(
    [...bad, "tools/a-b.test.ts", "tools/README.md", "api/gen/FooBar.ts"].map((path) => [path, ""]),
  );
  expect(fileNames.check(repoOf(files)).map((line) => line.split(":")[0])).toEqual(bad.toSorted());
});
