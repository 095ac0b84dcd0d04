import { inspect } from "node:util";
import { expect, test } from "vitest";
import { secretsIn, spellingsOf } from "./secrets-in.ts";

test.each([
  ["password hunter2", ["a planted secret"]],
  ["the Canary sings", ["a planted secret"]],
  [inspect(Buffer.from("password hunter2")), ["a planted secret in another spelling"]],
  [JSON.stringify(Buffer.from("the canary sings")), ["a planted secret in another spelling"]],
  ["eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlIn0.c2lnbmF0dXJl", ["a JSON Web Token"]],
  ["authorization: Bearer abcdefgh12", ["a bearer token"]],
  ["-----BEGIN EC PRIVATE KEY-----", ["a private key"]],
  ["x 0123abcd y", ["a credential in use"]],
  ["hunter2, Bearer abcdefgh12", ["a planted secret", "a bearer token"]],
])("%s", (text, found) => {
  expect(secretsIn(text, ["0123abcd"])?.what).toEqual(found);
});

test.each(["nothing to see", "authorization: Bearer [redacted]", "-----BEGIN CERTIFICATE-----"])(
  "%s is fine",
  (text) => {
    expect(secretsIn(text, ["0123abcd"])).toBeUndefined();
  },
);

test("says what stands before the first, and quotes none", () => {
  const found = secretsIn(`${"x".repeat(100)} token=0123abcd, password=hunter2`, ["0123abcd"]);
  expect(found?.before).toBe(`${"x".repeat(73)} token=`);
});

test.each(["", "?", "??", "???"])("is found in base64, with %j before it", (before) => {
  const encoded = Buffer.from(`${before}0123abcd!`).toString("base64");
  expect(spellingsOf("0123abcd").some((spelling) => encoded.includes(spelling))).toBe(true);
});
