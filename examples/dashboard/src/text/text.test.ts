import { expect, test } from "vitest";
import { age } from "./age.ts";
import { plural } from "./plural.ts";
import { labelText, searcher, searchText } from "./search.ts";

test("ages are as short as kubectl's", () => {
  const now = Date.parse("2026-01-10T00:00:00Z");
  const before = (ms: number) => age(new Date(now - ms).toISOString(), now);
  expect([0, 59_000, 119_000, 120_000, 3_600_000, 7_200_000, 172_800_000].map(before)).toEqual([
    "0s",
    "59s",
    "119s",
    "2m",
    "60m",
    "2h",
    "2d",
  ]);
  expect(age(undefined, now)).toBe("");
  expect(age("soon", now)).toBe("");
  // A server's clock may be ahead.
  expect(before(-5000)).toBe("0s");
});

test("a search finds what has all its words", () => {
  const text = searchText("Web-0", undefined, "Running", labelText({ app: "web", tier: "front" }));
  for (const found of ["", "web", "RUNNING web", "app=web", "  front  "]) expect(searcher(found)(text)).toBe(true);
  for (const missing of ["web-1", "running pending", "app=front"]) expect(searcher(missing)(text)).toBe(false);
});

test("numbers and words agree", () => {
  expect([plural(0, "pod"), plural(1, "pod"), plural(10_240, "pod")]).toEqual(["0 pods", "1 pod", "10,240 pods"]);
});
