import { expect, test } from "vitest";
import { machineTraces } from "./no-machine-traces.ts";
import { repoOf } from "./repo.ts";

test("a path below the checkout or home, and a registry's address, are found", () => {
  const host = ["registry", "npmjs", "org"].join(".");
  const files = {
    "a.json": '{\n"file": "/somewhere/checkout/x.ts"\n}',
    "package-lock.json": `"resolved": "https://${host}/x.tgz"`,
    "b.md": "/somewhere/else is fine",
  };
  expect(machineTraces(repoOf(files), ["/somewhere/checkout", "/"])).toEqual([
    "a.json:2: /somewhere/checkout/",
    `package-lock.json:1: ${host}`,
  ]);
});
