import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCommand } from "../src/command.ts";

const crds = join(import.meta.dirname, "golden/crd/crds.yaml");
const snapshot = join(import.meta.dirname, "../../openapi");
let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-codegen-"));
  said = [];
  const say = (text: unknown): void => void said.push(String(text));
  vi.spyOn(console, "log").mockImplementation(say);
  vi.spyOn(console, "error").mockImplementation(say);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function written(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();
}

describe("writing", () => {
  test("each group-version of the CRDs gets a module", async () => {
    expect(await runCommand(["--out", folder, "--crds", crds])).toBe(0);
    expect(written()).toEqual(["core.example.com/v1.ts", "core.example.com/v1alpha1.ts", "user.example.com/v1.ts"]);
    expect(said).toEqual([`3 modules in ${folder}; written: 3, removed: 0`]);
  });

  test("several files may follow --crds", async () => {
    const more = join(import.meta.dirname, "golden/crd-list/crds.yaml");
    expect(await runCommand(["--crds", crds, more, "--out", folder])).toBe(0);
    expect(written()).toContain("example.com/v1.ts");
  });

  test("only what changed, so that watchers of the folder stay quiet", async () => {
    await runCommand(["--out", folder, "--crds", crds]);
    const file = join(folder, "user.example.com/v1.ts");
    const before = statSync(file).mtimeMs;
    expect(await runCommand(["--out", folder, "--crds", crds])).toBe(0);
    expect(statSync(file).mtimeMs).toBe(before);
    expect(said.at(-1)).toBe(`3 modules in ${folder}; written: 0, removed: 0`);
  });

  test("chosen groups; what was generated before and is not chosen goes, other files stay", async () => {
    await runCommand(["--out", folder, "--crds", crds]);
    writeFileSync(join(folder, "mine.ts"), "export const mine = 1;\n");
    expect(await runCommand(["--out", folder, "--crds", crds, "--groups", "core.example.com/v1"])).toBe(0);
    expect(written()).toEqual(["core.example.com/v1.ts", "mine.ts"]);
  });

  test("built-in groups by name, and what they need of others from kubewright", async () => {
    expect(await runCommand(["--out", folder, "--openapi", snapshot, "--groups", "apps,autoscaling/v2"])).toBe(0);
    expect(written()).toEqual(["apps/v1.ts", "autoscaling/v2.ts"]);
    const text = readFileSync(join(folder, "apps/v1.ts"), "utf8");
    expect(text).toContain('from "kubewright/core/v1"');
    expect(text).toContain("BuiltInPatch<Deployment>");
  });

  test("all groups at once import each other", async () => {
    expect(await runCommand(["--out", folder, "--openapi", snapshot, "--groups", "all"])).toBe(0);
    expect(written()).toHaveLength(36);
    const text = readFileSync(join(folder, "apps/v1.ts"), "utf8");
    expect(text).toContain('from "../core/v1.js"');
    expect(text).toContain('from "kubewright/meta/v1"');
  });
});

describe("what a definition has wrong costs that definition", () => {
  const broken = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: bads.example.com }
spec: { group: example.com, scope: Cluster, names: { plural: bads }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }] }
`;

  test("the rest is written, the trouble is named, nothing is removed, and the exit code is 1", async () => {
    const file = join(folder, "bad.yaml");
    await runCommand(["--out", folder, "--crds", join(import.meta.dirname, "golden/crd-list/crds.yaml")]);
    writeFileSync(file, `---\n${broken}---\n${readFileSync(crds, "utf8")}`);
    said = [];
    expect(await runCommand(["--out", folder, "--crds", file])).toBe(1);
    expect(said).toEqual([
      `${file}, document 1, bads.example.com: spec.names.kind is missing`,
      `3 modules in ${folder}; written: 3, removed: 0`,
    ]);
    expect(written()).toContain("example.com/v1.ts");
    // It stays a failure until it is put right.
    expect(await runCommand(["--out", folder, "--crds", file, "--check"])).toBe(1);
    expect(await runCommand(["--out", folder, "--crds", crds])).toBe(0);
    expect(written()).not.toContain("example.com/v1.ts");
  });

  test("where nothing is right, nothing is written", async () => {
    const file = join(folder, "bad.yaml");
    writeFileSync(file, broken);
    expect(await runCommand(["--out", folder, "--crds", file])).toBe(1);
    expect(said).toEqual([`${file}, bads.example.com: spec.names.kind is missing`]);
    expect(written()).toEqual([]);
  });
});

describe("--kinds", () => {
  test.each(["Widget", "widgets", "widgets.core.example.com", "Widget.core.example.com"])("%s", async (kind) => {
    expect(await runCommand(["--out", folder, "--crds", crds, "--kinds", kind])).toBe(0);
    expect(written()).toEqual(["core.example.com/v1.ts", "core.example.com/v1alpha1.ts"]);
  });

  test("several of them are taken, of chosen groups", async () => {
    const kinds = ["--kinds", "Widget, Group"];
    expect(
      await runCommand(["--out", folder, "--crds", crds, "--groups", "core.example.com/v1,user.example.com", ...kinds]),
    ).toBe(0);
    expect(written()).toEqual(["core.example.com/v1.ts", "user.example.com/v1.ts"]);
  });

  test("of Kubernetes' own groups, with what they need", async () => {
    expect(
      await runCommand(["--out", folder, "--openapi", snapshot, "--groups", "apps", "--kinds", "Deployment"]),
    ).toBe(0);
    const text = readFileSync(join(folder, "apps/v1.ts"), "utf8");
    expect(text).toContain("export interface DeploymentResource");
    expect(text).not.toContain("DaemonSetResource");
    expect(text).not.toContain("interface StatefulSetList");
  });
});

describe("--check", () => {
  test("is content with what was just written", async () => {
    await runCommand(["--out", folder, "--crds", crds]);
    expect(await runCommand(["--out", folder, "--crds", crds, "--check"])).toBe(0);
  });

  test("names what drifted, and writes nothing", async () => {
    await runCommand(["--out", folder, "--crds", crds]);
    said = [];
    const changed = join(folder, "core.example.com/v1.ts");
    writeFileSync(changed, `${readFileSync(changed, "utf8")}// changed by hand\n`);
    rmSync(join(folder, "core.example.com/v1alpha1.ts"));
    const groups = ["--groups", "core.example.com"];
    expect(await runCommand(["--out", folder, "--crds", crds, "--check", ...groups])).toBe(1);
    expect(said).toEqual([
      "differs: core.example.com/v1.ts",
      "missing: core.example.com/v1alpha1.ts",
      "no longer generated: user.example.com/v1.ts",
      "3 generated files out of date; the same command without --check writes them",
    ]);
    expect(readFileSync(changed, "utf8")).toContain("changed by hand");
    expect(written()).toEqual(["core.example.com/v1.ts", "user.example.com/v1.ts"]);
  });
});

describe("wrong arguments", () => {
  const bad = join(import.meta.dirname, "spec.ts");
  test.each([
    [[], "Invalid --out: it is missing; name the folder for the modules (--help explains)"],
    [
      ["--out", "OUT", "a.yaml"],
      "Invalid arguments: a.yaml stands alone; files of CustomResourceDefinitions follow --crds",
    ],
    [
      ["--out", "OUT", "--crds", crds, "--openapi", snapshot],
      "Invalid source: give one of --kubeconfig (with --context), --openapi and --crds",
    ],
    [
      ["--out", "OUT", "--crds", crds, "--groups", "core.exmple.com"],
      "Invalid groups: nothing serves core.exmple.com; did you mean core.example.com?",
    ],
    [["--out", "OUT", "--crds", crds, "--groups", ""], "Invalid groups: an entry is empty"],
    [
      ["--out", "OUT", "--openapi", snapshot],
      "Invalid groups: there is nothing that kubewright does not ship already; name groups, or all",
    ],
    [
      ["--out", "OUT", "--openapi", "/nowhere"],
      /^Invalid openapi: \/nowhere.discovery.api\.json cannot be read as JSON: ENOENT/,
    ],
    [["--out", "OUT", "--crds", "/nowhere.yaml"], /^\/nowhere\.yaml cannot be read: ENOENT/],
    [["--out", "OUT", "--crds", bad], /spec\.ts: line \d+, column \d+: /],
    [
      ["--out", "OUT", "--crds", crds, "--kinds", "Wdget"],
      "Invalid kinds: no Wdget is among what is chosen; did you mean Widget? Kinds that kubewright ships need --groups",
    ],
    [
      ["--out", "OUT", "--crds", crds, "--kinds", "Deployment"],
      "Invalid kinds: no Deployment is among what is chosen. Kinds that kubewright ships need --groups",
    ],
    [["--out", "OUT", "--crds", crds, "--kinds", "Widget,"], "Invalid kinds: an entry is empty"],
    [["--out", "OUT", "--frobnicate"], /^Invalid arguments: Unknown option '--frobnicate'/],
  ])("%j", async (args, message) => {
    expect(await runCommand(args.map((arg) => (arg === "OUT" ? folder : arg)))).toBe(1);
    expect(said).toHaveLength(1);
    if (typeof message === "string") expect(said[0]).toBe(message);
    else expect(said[0]).toMatch(message);
  });

  test("--help explains every option", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    expect(await runCommand(["--help"])).toBe(0);
    const text = String(write.mock.calls[0]?.[0]);
    for (const option of ["out", "kubeconfig", "context", "crds", "openapi", "groups", "kinds", "check"])
      expect(text).toContain(`--${option}`);
  });
});
