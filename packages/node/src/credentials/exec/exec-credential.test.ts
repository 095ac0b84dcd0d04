import { X509Certificate } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { createAuthority } from "../../../../../test/support/certificates.ts";
import type { ExecPlugin } from "../../settings/resolved.ts";
import { readExecCredential } from "./exec-credential.ts";

const authority = createAuthority();
afterAll(() => authority.remove());

const plugin: ExecPlugin = {
  command: "plugin",
  args: [],
  env: [],
  apiVersion: "client.authentication.k8s.io/v1",
  interactiveMode: "Never",
  provideClusterInfo: false,
  installHint: undefined,
};
const read = (status: object) =>
  readExecCredential(JSON.stringify({ kind: "ExecCredential", apiVersion: plugin.apiVersion, status }), plugin);

test("a token alone brings no key, and holds until it is refused", async () => {
  const { value, expiresAt } = await read({ token: "a", clientKeyData: "" });
  expect(value.token?.reveal()).toBe("a");
  expect([value.cert, value.key, expiresAt]).toEqual([undefined, undefined, undefined]);
});

test("what ends first is the end: the time that the plugin says, or the certificate", async () => {
  const { cert, key } = authority.issue();
  const pair = { clientCertificateData: cert, clientKeyData: key };
  const certificateEnds = Date.parse(new X509Certificate(cert).validTo);
  const [soon, late] = ["2020-01-02T03:04:05Z", "2999-01-02T03:04:05Z"];
  expect((await read({ token: "a", expirationTimestamp: soon })).expiresAt).toBe(Date.parse(soon));
  expect((await read(pair)).expiresAt).toBe(certificateEnds);
  expect((await read({ ...pair, expirationTimestamp: late })).expiresAt).toBe(certificateEnds);
  expect((await read({ ...pair, expirationTimestamp: soon })).expiresAt).toBe(Date.parse(soon));
});
