import { expect, test } from "vitest";
import type { Status } from "../gen/meta-v1.ts";
import { withoutSecrets } from "./status.ts";

const status = (message: string): Status => ({
  kind: "Status",
  message,
  details: { name: "a", causes: [{ field: "x", reason: "FieldValueInvalid", message }, { field: "y" }] },
});
const secrets = { verb: "patch", path: "/api/v1/namespaces/home/secrets/a" };

test.each([
  [
    'Secret "a" is invalid: x: Invalid value: "p\\"4ss": bad',
    'Secret "a" is invalid: x: Invalid value: [redacted]: bad',
  ],
  [
    '[a: Unsupported value: "1": supported values: "2", b: Duplicate value: "3"]',
    '[a: Unsupported value: [redacted]: supported values: "2", b: Duplicate value: [redacted]]',
  ],
  ["x: Invalid value: map[string]string{p: 4}: bad\nmore", "x: Invalid value: [redacted]"],
  ["x: Required value: must be there", "x: Required value: must be there"],
])("%s", (said, shown) => {
  const { message, details } = withoutSecrets(status(said), secrets);
  expect(message).toBe(shown);
  expect(details).toEqual({
    name: "a",
    causes: [{ field: "x", reason: "FieldValueInvalid", message: shown }, { field: "y" }],
  });
});

test("values are taken out of a Status for Secrets only", () => {
  const said = status('x: Invalid value: "7"');
  for (const path of [
    "/api/v1/namespaces/secrets/configmaps/secrets",
    "/api/v1/namespaces/secrets",
    "/apis/x.io/v1/secrets",
  ]) {
    expect(withoutSecrets(said, { verb: "get", path })).toBe(said);
  }
  for (const path of ["/api/v1/secrets", "/api/v1/namespaces/home/secrets", secrets.path]) {
    expect(withoutSecrets(said, { verb: "get", path })).not.toBe(said);
  }
  expect(withoutSecrets({ kind: "Status" }, secrets)).toEqual({ kind: "Status" });
});
