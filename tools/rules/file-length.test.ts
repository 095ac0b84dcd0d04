import { expect, test } from "vitest";
import { fileLength } from "./file-length.ts";
import { repoOf } from "./repo.ts";

test("351 lines are too many for a source, 701 for a test", () => {
  const lines = (count: number): string => "//\n".repeat(count);
  const files = {
    "tools/a.ts": lines(350),
    "tools/b.ts": lines(351),
    "tools/c.test.ts": lines(700),
    "tools/d.test.ts": lines(701),
    "tools/gen/e.ts": lines(5000),
  };
  expect(fileLength.check(repoOf(files))).toEqual([
    "tools/b.ts: 351 lines, at most 350",
    "tools/d.test.ts: 701 lines, at most 700",
  ]);
});
