import { expect, test } from "vitest";
import { secretsIn } from "./secrets-in.ts";

test.each([
  ["nothing to see, Bearer [redacted]", []],
  ["password hunter2", ["a planted secret"]],
  ["the canary sings", ["a planted secret"]],
  ["eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlIn0.c2lnbmF0dXJl", ["a JSON Web Token"]],
  ["authorization: Bearer abcdefgh12", ["a bearer token"]],
  ["-----BEGIN EC PRIVATE KEY-----", ["a private key"]],
  ["x 0123abcd y", ["a token of the control plane"]],
])("%s", (text, found) => {
  expect(secretsIn(text, ["0123abcd"])).toEqual(found);
});
