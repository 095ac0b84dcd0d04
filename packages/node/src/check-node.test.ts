import { expect, test } from "vitest";
import { refusal } from "./check-node.ts";

test.each(["18.20.8", "20.19.6", "21.7.3", "22.0.0", "22.15.1", "23.11.1", "0.12.18"])(
  "Node %s is told what is needed and what it is",
  (node) => expect(refusal({ node })).toBe(`Kubewright needs Node 22.19, 24 or newer, this is ${node}`),
);

test.each(["22.16.0", "22.19.0", "22.99.0", "24.0.0", "24.21.0", "25.0.0-nightly2025", "26.10.0", "100.0.0"])(
  "Node %s passes",
  (node) => expect(refusal({ node })).toBeUndefined(),
);

test("runtimes that only say that they are compatible with some Node pass", () => {
  expect(refusal({ node: "20.11.1", bun: "1.4.5" })).toBeUndefined();
  expect(refusal({ node: "20.11.1", deno: "2.9.6" })).toBeUndefined();
  expect(refusal({})).toBeUndefined();
});
