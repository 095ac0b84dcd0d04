import { expect, test } from "vitest";
import { measureBundle } from "./measure.ts";

const kilobyte = 1024;

test("a Node program that lists pods", { timeout: 30_000 }, async () => {
  const { first, all } = await measureBundle("node-list", "node");
  expect(first.gzipBytes).toBeLessThanOrEqual(40 * kilobyte);
  expect(all.gzipBytes).toBeLessThanOrEqual(120 * kilobyte);
  // Compared as yes or no: the text itself would fill the screen.
  expect(all.text.includes("persistentvolumeclaims"), "what is imported is in it").toBe(true);
  for (const word of ["statefulsets", "rolebindings", "networkpolicies"]) {
    expect(all.text.includes(word), `${word} of a group that is not imported`).toBe(false);
  }
  expect(first.text.includes("BLOCK_FOLDED"), "the YAML parser, loaded when a manifest is read").toBe(false);
});

test("a page that lists pods", { timeout: 30_000 }, async () => {
  const { first, all } = await measureBundle("browser-list", "browser");
  expect(first.gzipBytes).toBeLessThanOrEqual(17 * kilobyte);
  expect(all.gzipBytes).toBeLessThanOrEqual(34 * kilobyte);
  for (const [word, what] of [
    ["RequestEntityTooLarge", "reading errors"],
    ["impersonate.user", "impersonation"],
    ["which JSON cannot hold", "writing JSON"],
    ["has a comma without an item", "parsing large lists"],
    ["matchExpressions", "selectors"],
    ["DeleteOptions", "writing"],
    ["BOOKMARK", "watching"],
    ["APIGroupDiscoveryList", "discovery"],
  ] as const) {
    expect(all.text.includes(word), `${what} is in the page`).toBe(true);
    expect(first.text.includes(word), `${what}, loaded when first used`).toBe(false);
  }
});
