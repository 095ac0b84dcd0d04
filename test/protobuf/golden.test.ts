import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { goldenFile, makeGoldenFile } from "./golden.ts";

test("Go makes the same golden cases anew; `node test/protobuf/update-golden.ts` writes them", async () => {
  const stored = readFileSync(goldenFile, "utf8");
  expect((await makeGoldenFile(inject("controlPlane").binary)) === stored).toBe(true);
  expect(stored.length).toBeLessThan(200_000);
});
