import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  parseManifest,
  type CustomResource,
  type Group,
  type KubernetesObject,
  type NamespacedCollection,
} from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster({ fieldManager: "codegen-test" });
const own = ownNamespace(held);
const top = join(import.meta.dirname, "../..");
// Two versions, nested schemas, int-or-string, preserve-unknown-fields, a scale, and a first label that is a built-in's name.
const crds = join(top, "codegen/test/golden/crd/crds.yaml");
const chosen = ["--groups", "core.example.com,user.example.com"];
let folder: string;
let first: Awaited<ReturnType<typeof codegen>>;

interface Widget extends KubernetesObject {
  spec?: {
    size: string;
    replicas?: number;
    port?: number | string;
    bag?: { [key: string]: unknown };
    ports?: { name: string; targets?: { host?: string }[] }[];
  };
}

/** Runs the published command from its sources. */
async function codegen(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ["--conditions=kubewright-source", join(top, "codegen/src/cli.ts"), ...args]);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, text };
}

const fromCluster = (out: string, ...more: string[]): ReturnType<typeof codegen> =>
  codegen("--out", out, "--kubeconfig", inject("controlPlane").admin.kubeconfig, ...chosen, ...more);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-codegen-"));
  const all: KubernetesObject[] = await parseManifest(readFileSync(crds, "utf8"));
  await held.cluster.applyAll(all.filter(({ kind }) => kind === "CustomResourceDefinition"));
  // Right after the definitions: the command itself waits for OpenAPI, which follows discovery after a moment.
  first = await fromCluster(join(folder, "cluster"));
});

afterAll(async () => {
  const { customResourceDefinitions } = held.cluster.api(ApiextensionsV1);
  for (const name of ["widgets.core.example.com", "groups.user.example.com"])
    await customResourceDefinitions.delete(name);
  rmSync(folder, { recursive: true });
});

describe("custom resources of a live cluster", () => {
  test("give the same modules as their files", async () => {
    expect(first).toMatchObject({ code: 0 });
    expect(await codegen("--out", join(folder, "files"), "--crds", crds)).toMatchObject({ code: 0 });
    const read = (from: string): Record<string, string> => modulesIn(join(folder, from));
    expect(Object.keys(read("files"))).toHaveLength(3);
    expect(read("cluster")).toEqual(read("files"));
  });

  test("custom resources work through the generated client", async () => {
    // That they compile, the generator's own tests show; here they run.
    const { CoreExampleComV1 } = (await import(join(folder, "cluster/core.example.com/v1.ts"))) as {
      CoreExampleComV1: Group<{ readonly widgets: NamespacedCollection<Widget, CustomResource<Widget>> }>;
    };
    const widgets = held.cluster.api(CoreExampleComV1).widgets.in(own.namespace);
    const made = await widgets.create({
      metadata: { name: "w" },
      spec: { size: "small", port: "http", bag: { free: [1] } },
    });
    expect(made).toMatchObject({ apiVersion: "core.example.com/v1", spec: { replicas: 1, bag: { free: [1] } } });
    await widgets.scale.patch("w", { merge: { spec: { replicas: 3 } } });
    expect((await widgets.get("w")).spec?.replicas).toBe(3);
    const parts = [{ name: "a", targets: [{ host: "h" }] }];
    await widgets.apply({ metadata: { name: "w" }, spec: { size: "small", ports: parts } }, { force: true });
    expect((await widgets.get("w")).spec?.ports).toEqual(parts);
    await expect(widgets.create({ metadata: { name: "v" }, spec: { size: "huge" } })).rejects.toThrow(/Invalid/);
  });

  test("--check fails once the cluster has drifted, and says where", async () => {
    expect(await fromCluster(join(folder, "cluster"), "--check")).toEqual({ code: 0, text: "" });
    await held.cluster.api(ApiextensionsV1).customResourceDefinitions.modify("groups.user.example.com", (crd) => {
      const properties = crd.spec.versions[0]?.schema?.openAPIV3Schema?.properties ?? {};
      properties["admins"] = { type: "array", items: { type: "string" } };
    });
    const drifted = await eventually(async () => {
      const result = await fromCluster(join(folder, "cluster"), "--check");
      return result.code === 0 ? undefined : result;
    }, "drift");
    expect(drifted.code).toBe(1);
    expect(drifted.text).toBe(
      "differs: user.example.com/v1.ts\n1 generated file out of date; the same command without --check writes them\n",
    );
  });
});

// Versions with hyphens, bounds beyond 2^53, names of clients and of the language, defaults, objects without fields, deprecated versions.
describe("what definitions allow", () => {
  const names = ["dashed-versions", "big-numbers", "filled-in", "objects-without-fields", "odd-names", "deprecated"];
  const files = names.map((name) => join(top, "codegen/test/golden", name, "crds.yaml"));
  const groups = ["dash", "bounds", "default", "empty", "odd", "old"].map((name) => `${name}.example.com`);
  let objects: KubernetesObject[];

  beforeAll(async () => {
    objects = (await Promise.all(files.map((file) => parseManifest(readFileSync(file))))).flat();
    await held.cluster.applyAll(objects);
  });

  afterAll(async () => {
    const { customResourceDefinitions } = held.cluster.api(ApiextensionsV1);
    await Promise.all(objects.map(({ metadata }) => customResourceDefinitions.delete(metadata?.name ?? "")));
  });

  test("gives the same modules from a live cluster as from files", async () => {
    const kubeconfig = inject("controlPlane").admin.kubeconfig;
    const out = join(folder, "odd");
    const live = await codegen("--out", join(out, "live"), "--kubeconfig", kubeconfig, "--groups", groups.join());
    expect(live).toMatchObject({ code: 0 });
    expect(await codegen("--out", join(out, "files"), "--crds", ...files)).toMatchObject({ code: 0 });
    const rounded = "bounds.example.com/v1.ts";
    const [found, expected] = [modulesIn(join(out, "live")), modulesIn(join(out, "files"))];
    // The server itself keeps bounds as doubles; everything else of that module is the same.
    const withoutBounds = (text = ""): string => text.replace(/\/\*\* (?:Value|Multiple).*/g, "");
    expect(withoutBounds(found[rounded])).toBe(withoutBounds(expected[rounded]));
    expect({ ...found, [rounded]: "" }).toEqual({ ...expected, [rounded]: "" });
  });

  test("what is filled in is there, and what has no fields keeps none", async () => {
    const gates = held.cluster.resource<KubernetesObject & { spec?: object; policy?: string }>({
      group: "default.example.com",
      version: "v1",
      plural: "gates",
      kind: "Gate",
      namespaced: true,
    });
    const made = await gates.in(own.namespace).create({
      metadata: { name: "a" },
      spec: { size: 1, nothing: null, rows: [{ name: "a" }], ports: [{ port: 80 }], named: { a: {} } },
    });
    expect(made).toMatchObject({
      policy: "Keep",
      limits: { cpu: "1" },
      spec: {
        mode: "Auto",
        deep: { way: "in" },
        on: false,
        zero: 0,
        none: "",
        rows: [{ color: "red" }],
        ports: [{ protocol: "TCP" }],
        named: { a: { color: "red" } },
      },
    });
    const shelves = held.cluster.resource<KubernetesObject & { spec?: object }>({
      group: "empty.example.com",
      version: "v1",
      plural: "shelves",
      kind: "Shelf",
      namespaced: true,
    });
    const template = { metadata: { labels: { a: "b" } } };
    // Without validation of fields the server drops in silence.
    const written = { metadata: { name: "a" }, spec: { template, free: template } };
    const shelf = await shelves.in(own.namespace).create(written, { fieldValidation: "Ignore" });
    expect(shelf.spec).toEqual({ template: { metadata: {} }, free: template });
  });
});

function modulesIn(out: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(out, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [file, readFileSync(join(out, file), "utf8")]),
  );
}
