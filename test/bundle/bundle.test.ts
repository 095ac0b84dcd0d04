import { expect, test } from "vitest";
import { measureBundle } from "./measure.ts";

const kilobyte = 1024;

test("a Node program that lists pods", { timeout: 30_000 }, async () => {
  const { first, all } = await measureBundle("node-list", "node");
  expect(first.gzipBytes).toBeLessThanOrEqual(40 * kilobyte);
  expect(all.gzipBytes).toBeLessThanOrEqual(120 * kilobyte);
  expect(all.text).toContain("persistentvolumeclaims");
  // Resources of groups that it does not import.
  for (const word of ["statefulsets", "rolebindings", "networkpolicies"]) expect(all.text).not.toContain(word);
  // The YAML parser's own words, loaded only when a manifest is read.
  expect(first.text).not.toContain("BLOCK_FOLDED");
});
