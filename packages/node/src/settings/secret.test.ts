import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "./secret.ts";

const canary = "canary-5f1c";

test("a secret shows itself to reveal() alone", () => {
  const secret = new Secret(canary);
  const holder = { deep: { list: [secret], map: new Map([["key", secret]]) } };
  const error = new Error("failed", { cause: holder });
  const shown = [
    String(secret),
    `${secret}`,
    secret + "",
    JSON.stringify(holder),
    inspect(holder, { depth: 9, showHidden: true }),
    inspect(error, { depth: 9 }),
    format("%s %o %j %O", secret, secret, secret, secret),
    JSON.stringify(structuredClone({ ...secret })),
    Object.values(secret).join(),
  ];
  for (const text of shown) expect(text).not.toContain(canary);
  expect(shown[0]).toBe("[redacted]");
  expect(secret.reveal()).toBe(canary);
});

test("secrets are compared by value", () => {
  expect(new Secret("a").equals(new Secret("a"))).toBe(true);
  expect(new Secret("a").equals(new Secret("b"))).toBe(false);
  expect(new Secret("a").equals(undefined)).toBe(false);
});
