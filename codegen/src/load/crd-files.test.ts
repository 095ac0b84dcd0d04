import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCrdFiles } from "./crd-files.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-crds-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, "crds.yaml");
  writeFileSync(path, text);
  return path;
}

const head =
  "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: as.example.com }\n";

test("JSON is YAML too", async () => {
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    spec: {
      group: "example.com",
      scope: "Cluster",
      names: { plural: "as", kind: "A" },
      versions: [{ name: "v1", served: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  };
  const { groupVersions } = await readCrdFiles([file(JSON.stringify(crd))]);
  expect(groupVersions).toMatchObject([{ group: "example.com", version: "v1", resources: [{ resource: "as" }] }]);
});

test("YAML is read as kubectl reads it: a key without quotes can be a boolean", async () => {
  const properties = "properties: { y: { type: string }, 'n': { type: string } }";
  const version = `{ name: v1, served: true, schema: { openAPIV3Schema: { type: object, ${properties} } } }`;
  const spec = `{ group: example.com, scope: Cluster, names: { plural: as, kind: A }, versions: [${version}] }`;
  const { documents } = await readCrdFiles([file(`${head}spec: ${spec}\n`)]);
  const schema = documents.get("as.example.com/v1")?.components?.schemas?.["com.example.v1.A"];
  expect(Object.keys(schema?.properties ?? {})).toEqual(["true", "n", "apiVersion", "kind", "metadata"]);
});

test.each([
  ["apiVersion: v1\nkind: ConfigMap\n", "hold no CustomResourceDefinition of apiextensions.k8s.io/v1"],
  ["", "hold no CustomResourceDefinition of apiextensions.k8s.io/v1"],
  ["a: [1\n", "crds.yaml: Invalid manifest: line 1, column 4: there is no closing bracket"],
  ["kind: ConfigMap\n", "crds.yaml: Invalid apiVersion: is missing, or is no text (document 1, line 1)"],
  [
    "apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nmetadata: { name: as.example.com }\n",
    "as.example.com is of apiextensions.k8s.io/v1beta1; convert it to apiextensions.k8s.io/v1",
  ],
  [head, "as.example.com has no spec.group"],
  [`${head}spec: { group: example.com }\n`, "as.example.com has no spec.scope"],
  [`${head}spec: { group: example.com, scope: Cluster }\n`, "as.example.com has no spec.names.plural"],
  [`${head}spec: { group: example.com, scope: Cluster, names: { plural: as } }\n`, "has no spec.names.kind"],
  [
    `${head}spec: { group: example.com, scope: Cluster, names: { plural: as, kind: A }, versions: [] }\n`,
    "as.example.com has no spec.versions",
  ],
  [
    `${head}spec: { group: example.com, scope: Cluster, names: { plural: as, kind: A }, versions: [{ name: v1, served: true }] }\n`,
    "as.example.com has no schema.openAPIV3Schema in version v1",
  ],
])("%j is refused", async (text, message) => {
  await expect(readCrdFiles([file(text)])).rejects.toThrow(message);
});
