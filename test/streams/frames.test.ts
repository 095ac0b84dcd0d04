import { readFileSync, writeFileSync } from "node:fs";
import type { Cluster } from "@kubewright/core";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { asking, type Came, makePods, upgrades } from "./upgrades.ts";

// What a real server answers to upgrades, and which frames it sends, is what was recorded of it: test/embedded/frames.test.ts holds the
// server of packages/testing against that. RECORD=1 in the environment records it anew.

const recordedFile = new URL("frames.json", import.meta.url);
const command = asking();
let real: Cluster;
let namespace: string;

beforeAll(async () => {
  const { interceptor } = command;
  real = await connect({ kubeconfig: inject("controlPlane").admin.kubeconfig, interceptors: [interceptor] });
  const core = real.api(CoreV1);
  const made = await core.namespaces.create({ metadata: { generateName: "frames-" } });
  namespace = made.metadata.name;
  const accounts = core.serviceAccounts.in(namespace);
  await eventually(() => accounts.get("default").catch(() => undefined), "the namespace has its service account");
  const pods = core.pods.in(namespace);
  await makePods(pods);
  for (const name of ["one", "two"])
    await eventually(
      async () => ((await pods.get(name)).status.phase === "Running" ? true : undefined),
      `${name} runs`,
    );
});
afterAll(async () => {
  await real.api(CoreV1).namespaces.delete(namespace);
  await real.close();
});

test("what the real server does is what was recorded", async () => {
  const came: Record<string, Came> = {};
  for (const [name, upgrade] of Object.entries(upgrades)) came[name] = await command.ask(real, namespace, upgrade);
  if (process.env["RECORD"] !== undefined) writeFileSync(recordedFile, `${JSON.stringify(came, null, 2)}\n`);
  expect(came).toEqual(JSON.parse(readFileSync(recordedFile, "utf8")));
});
