import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate, readCluster } from "@kubewright/codegen";
import { isNotFound } from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, afterEach, describe, expect, inject, test } from "vitest";
import { definition, group } from "../../examples/tour/steps/define-resource.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster } from "./support.ts";

const examples = new URL("../../examples/", import.meta.url);
const held = adminCluster({ fieldManager: "tour-test" });
// What the tour takes for the temporary folder.
const temporary = mkdtempSync(join(tmpdir(), "kubewright-tour-test-"));

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** `npm run demo -- --kubeconfig FILE`; interrupted as soon as `interruptAt` was printed. */
async function tour(kubeconfig: string, interruptAt?: string): Promise<Outcome> {
  const args = ["--conditions=kubewright-source", fileURLToPath(new URL("tour/main.ts", examples))];
  const child = spawn(process.execPath, [...args, "--kubeconfig", kubeconfig], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary },
  });
  let output = "";
  const take = (text: string): void => {
    const before = output;
    output += text;
    if (interruptAt !== undefined && output.includes(interruptAt) && !before.includes(interruptAt))
      child.kill("SIGINT");
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  const [code] = (await once(child, "close")) as [number];
  return { code, output };
}

function titles(output: string): string[] {
  return [...output.matchAll(/^\d+\. (.*)$/gm)].map(([, title = ""]) => title);
}

async function expectNothingLeft(output: string): Promise<void> {
  const namespace = /kubewright-tour-\w+/.exec(output)?.[0];
  const { namespaces } = held.cluster.api(CoreV1);
  const { items } = await namespaces.list();
  expect(items.map(({ metadata }) => metadata.name)).not.toContain(namespace);
  const { customResourceDefinitions } = held.cluster.api(ApiextensionsV1);
  const gone = (): Promise<true | undefined> =>
    customResourceDefinitions.get(`lighthouses.${group}`).then(
      () => undefined,
      (error: unknown) => (isNotFound(error) ? true : Promise.reject(error as Error)),
    );
  await eventually(gone, "the definition is gone");
  expect(readdirSync(temporary)).toEqual([]);
}

describe("npm run demo -- --kubeconfig FILE", { timeout: 120_000 }, () => {
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  afterEach(async () => {
    const { customResourceDefinitions } = held.cluster.api(ApiextensionsV1);
    await customResourceDefinitions.deleteCollection({ fieldSelector: `metadata.name=lighthouses.${group}` });
  });

  test("gives the whole tour and leaves nothing behind", async () => {
    const { code, output } = await tour(inject("controlPlane").admin.kubeconfig);
    expect(output).toContain("The tour took");
    expect(code).toBe(0);
    expect(titles(output)).toHaveLength(16);
    expect(output).toMatch(/✓ 3 pods are ready/);
    expect(output).toMatch(/tick 1\n/);
    expect(output).toMatch(/✓ It counted 3 lines and ended with exit code 3/);
    expect(output).toMatch(/Conflict: Apply failed with 1 conflict: conflict with "anna": \.data\.door/);
    expect(output).toMatch(/pharos {3}100 {6}white {3}true/);
    // Not a terminal: no colours.
    expect(output).not.toContain("\u001b");
    await expectNothingLeft(output);
  });

  test("cleans up when it is interrupted", async () => {
    const { code, output } = await tour(inject("controlPlane").admin.kubeconfig, "watched live");
    expect(output).toContain("Interrupted by SIGINT");
    expect(code).not.toBe(0);
    expect(titles(output).at(-1)).toBe("Cleaning up");
    expect(titles(output).length).toBeLessThan(12);
    await expectNothingLeft(output);
  });

  test("uses a definition that is there already, and leaves it", async () => {
    const { customResourceDefinitions } = held.cluster.api(ApiextensionsV1);
    const { metadata } = await customResourceDefinitions.create(definition);
    const { code, output } = await tour(inject("controlPlane").admin.kubeconfig);
    expect(code).toBe(0);
    expect(output).toContain("It is there already");
    expect((await customResourceDefinitions.get(metadata.name)).metadata.uid).toBe(metadata.uid);
    // The types that the tour is compiled with are those it generates.
    const read = async (path: string, accept: string): Promise<unknown> =>
      (await held.cluster.request({ path, headers: { accept } })).json();
    const { files } = await generate(await readCluster(read, (all) => all.filter((one) => one.group === group)));
    const path = `${group}/v1.ts`;
    const kept = readFileSync(new URL(`tour/gen/${path}`, examples), "utf8");
    expect(withoutOrigin(kept)).toBe(withoutOrigin(files.get(path) ?? ""));
  });

  test("says what a user without rights may not do", async () => {
    const { code, output } = await tour(inject("controlPlane").noRights.kubeconfig);
    expect(output).toContain("This user may not create it");
    expect(output).toContain("Forbidden: ");
    expect(output).not.toContain("    at ");
    expect(code).toBe(1);
  });
});

/** The first line says where a module came from. */
function withoutOrigin(module: string): string {
  return module.slice(module.indexOf("\n"));
}
