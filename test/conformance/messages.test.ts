import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isKubeError, type KubeError } from "kubewright";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { createAuthority } from "../support/certificates.ts";
import { answerCases } from "./messages/answers.ts";
import type { Case } from "./messages/case.ts";
import { connectionCases } from "./messages/connections.ts";
import { encodingCases } from "./messages/encodings.ts";
import { inputCases } from "./messages/inputs.ts";
import { kubeconfigCases } from "./messages/kubeconfigs.ts";
import { optionCases } from "./messages/options.ts";

const folder = mkdtempSync(join(tmpdir(), "kubewright-messages-"));
const [authority, other] = [createAuthority(), createAuthority("Other authority")];
const cases: readonly Case[] = [
  ...kubeconfigCases(folder),
  ...optionCases,
  ...inputCases,
  ...answerCases,
  ...encodingCases,
  ...connectionCases(authority, other),
];

beforeEach(() => {
  for (const name of [
    "KUBECONFIG",
    "KUBERNETES_SERVICE_HOST",
    "KUBERNETES_SERVICE_PORT",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "https_proxy",
    "http_proxy",
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv("HOME", folder);
});

const found: (readonly [what: string, error: Error])[] = [];

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  authority.remove();
  other.remove();
});

test.each(cases)("%s is an error of ours", async (what, act) => {
  const error = await Promise.resolve()
    .then(act)
    .then(() => "nothing")
    .catch((thrown: unknown) => thrown);
  expect(isKubeError(error), String(error)).toBe(true);
  found.push([what, error as Error]);
});

/** The text of an error, without what is another in every run. */
function settled({ name, message }: Error): string {
  const same = message
    .replaceAll(folder, "/home/me")
    .replaceAll(/(?<=127\.0\.0\.1:)\d+/g, "PORT")
    .replaceAll(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, "TIME");
  return `${name}: ${same}`;
}

test("what users read when something goes wrong; `vitest -u` writes the file, and its difference is reviewed", async () => {
  expect(new Set(cases.map(([what]) => what)).size).toBeGreaterThan(60);
  const text = found.map(([what, error]) => `${what}\n    ${settled(error)}\n`).join("\n");
  await expect(text).toMatchFileSnapshot("messages/messages.txt");
});

test("every message is a reason, what is wrong, and the call where there is one", () => {
  for (const [what, error] of found) {
    const { message, request } = error as KubeError;
    expect(message, what).toMatch(/^[A-Z][A-Za-z]*( [A-Za-z0-9.[\]"-]+)*: \S/);
    if (request !== undefined) expect(message, what).toContain(` (${request.verb} ${request.path})`);
  }
});
