import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { checkConnectOptions } from "../settings/check-connect-options.ts";
import { refusal } from "../../../../test/support/api-request.ts";
import { clusters } from "../../../../test/fixtures/kubeconfig/clusters.ts";
import { finding } from "../../../../test/fixtures/kubeconfig/finding.ts";
import { shown, surroundingsOf, type KubeconfigCase } from "../../../../test/fixtures/kubeconfig/kubeconfig-case.ts";
import { options } from "../../../../test/fixtures/kubeconfig/options.ts";
import { pod } from "../../../../test/fixtures/kubeconfig/pod.ts";
import { text } from "../../../../test/fixtures/kubeconfig/text.ts";
import { untrusted } from "../../../../test/fixtures/kubeconfig/untrusted.ts";
import { users } from "../../../../test/fixtures/kubeconfig/users.ts";
import { processSurroundings } from "../settings/surroundings.ts";
import { resolveConfig } from "./resolve.ts";

const groups: Readonly<Record<string, readonly KubeconfigCase[]>> = {
  finding,
  text,
  clusters,
  users,
  options,
  pod,
  untrusted,
};

async function outcome(row: KubeconfigCase): Promise<Record<string, unknown>> {
  checkConnectOptions(row.options ?? {});
  return shown(await resolveConfig(row.options ?? {}, surroundingsOf(row)));
}

describe.each(Object.entries(groups))("%s", (_, rows) => {
  test.each(rows.map((row) => [row.name, row] as const))("%s", async (_name, row) => {
    const { result } = row;
    if (!("error" in result)) {
      expect(await outcome(row)).toEqual(result);
      return;
    }
    const said = await refusal(outcome(row));
    expect(said).toMatch(/^(ConfigError|InputError): /);
    expect(said).toContain(result.error);
  });
});

test("the table is large and its names are unique", () => {
  const names = Object.values(groups).flatMap((rows) => rows.map((row) => row.name));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(120);
});

test("a stranger's text may be 1 MiB large", async () => {
  const text = (size: number): string => `current-context: a
contexts: [{ name: a, context: { cluster: a } }]
clusters: [{ name: a, cluster: { server: "https://a" } }]
# ${"x".repeat(size)}`;
  const resolve = (size: number, untrusted: boolean): Promise<unknown> =>
    resolveConfig({ kubeconfigText: text(size), untrusted }, processSurroundings());
  await expect(resolve(1024 * 1024, true)).rejects.toThrow("TooLarge: the kubeconfig kubeconfigText");
  await resolve(1000 * 1000, true);
  await resolve(1024 * 1024, false);
});

test("whoever inspects what was resolved sees no argument and no variable of a plugin", async () => {
  const secrets = { args: ["--password", "hunter2"], env: [{ name: "PASSWORD", value: "hunter2" }] };
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "plugin",
    interactiveMode: "Never",
    ...secrets,
  };
  const kubeconfigText = JSON.stringify({
    "current-context": "a",
    contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
    clusters: [{ name: "a", cluster: { server: "https://a" } }],
    users: [{ name: "a", user: { exec } }],
  });
  const config = await resolveConfig({ kubeconfigText }, processSurroundings());
  expect(config.user.exec?.args.map((text) => text.reveal())).toEqual(secrets.args);
  for (const text of [inspect(config, { depth: null, showHidden: true }), JSON.stringify(config)]) {
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("--password");
  }
});
