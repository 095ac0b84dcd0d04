import { expect, test } from "vitest";
import type { ServerTypes } from "../model/server-types.ts";
import { serverDefaultsFile } from "./server-defaults-file.ts";

const types: ServerTypes = {
  types: ["Bulb", "Lamp"].map((goName) => ({ goName, schema: `io.light.v1.${goName}`, atomic: false, fields: [] })),
  kinds: new Map([["light/v1 Lamp", "Lamp"]]),
};
const watts = { set: ["watts"], value: 60 };
const color = { set: ["bulb", "color"], value: "white" };

test("rules of a kind come before those of its type", () => {
  const kinds = [{ group: "light", version: "v1", kind: "Lamp", rules: [color] }];
  const text = serverDefaultsFile({ types: { Lamp: [watts], Bulb: [watts] }, kinds }, types, "a test");
  expect(text).toContain(
    `  // Bulb\n  0: [\n    ${JSON.stringify(watts)},\n  ],\n  // Lamp\n  1: [\n    ${JSON.stringify(color)},\n    ${JSON.stringify(watts)},\n  ],\n`,
  );
});

test("defaults of what no kind is made of are refused", () => {
  expect(() => serverDefaultsFile({ types: { Torch: [watts] }, kinds: [] }, types, "a test")).toThrow(
    "There are defaults of Torch, which no kind is made of",
  );
});
