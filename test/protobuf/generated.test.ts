import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CustomResource, Group, KubernetesObject, NamespacedCollection } from "@kubewright/core";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runCommand } from "../../codegen/src/command.ts";
import { ownNamespace } from "../e2e/support.ts";
import { eventually } from "../support/eventually.ts";
import { expectSame, inBoth, protobufType } from "./both.ts";

// The codec goes by what objects say of themselves, so modules that a user generates need nothing for protobuf.

const both = inBoth();
const own = ownNamespace({
  get cluster() {
    return both.json;
  },
});
const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "dials.generated.example.com" },
  spec: {
    group: "generated.example.com",
    scope: "Namespaced",
    names: { plural: "dials", singular: "dial", kind: "Dial" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { turns: { type: "integer" } } } },
          },
        },
      },
    ],
  },
} as const;

interface Dial extends KubernetesObject {
  spec?: { turns?: number };
}

let folder: string;

async function generated(...args: readonly string[]): Promise<void> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    expect(await runCommand(["--out", folder, ...args])).toBe(0);
  } finally {
    log.mockRestore();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kubewright-generated-"));
  await both.json.api(ApiextensionsV1).customResourceDefinitions.create(structuredClone(definition) as never);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await both.json.api(ApiextensionsV1).customResourceDefinitions.delete(definition.metadata.name);
});

test("a user's own module of a built-in group reads and writes protobuf as the one that comes along", async () => {
  await generated("--openapi", join(import.meta.dirname, "../../openapi"), "--groups", "apps");
  const module = (await import(join(folder, "apps/v1.ts"))) as { readonly AppsV1: typeof AppsV1 };
  expect(readFileSync(join(folder, "apps/v1.ts"), "utf8")).not.toContain("protobuf");
  expect(module.AppsV1).not.toBe(AppsV1);

  const exchangedBy = async (group: typeof AppsV1, name: string): Promise<readonly unknown[]> => {
    both.exchanged.length = 0;
    const deployments = both.protobuf.api(group).deployments.in(own.namespace);
    const labels = { app: name };
    const made: Deployment = await deployments.create({
      metadata: { name, labels },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: "c", image: "none" }] } },
      },
    });
    expect(made.spec?.replicas).toBe(0);
    expect((await deployments.list({ labelSelector: labels })).items).toHaveLength(1);
    for await (const event of deployments.watch({ labelSelector: labels })) {
      expect(event.object.kind).toBe("Deployment");
      break;
    }
    return both.exchanged.map(({ verb, sent, answered }) => ({ verb, sent, answered }));
  };
  const theirs = await exchangedBy(module.AppsV1, "theirs");
  expect(theirs).toEqual(await exchangedBy(AppsV1, "ours"));
  expect(theirs).toEqual([
    { verb: "create", sent: protobufType, answered: "application/json" },
    { verb: "list", sent: undefined, answered: protobufType },
    { verb: "watch", sent: undefined, answered: `${protobufType};stream=watch` },
  ]);
  await expectSame(
    () => both.json.api(AppsV1).deployments.in(own.namespace).get("theirs"),
    () => both.protobuf.api(module.AppsV1).deployments.in(own.namespace).get("theirs"),
  );
});

test("a module of a custom resource stays with JSON", async () => {
  const file = join(folder, "definition.json");
  writeFileSync(file, JSON.stringify(definition));
  await generated("--crds", file);
  const { GeneratedExampleComV1 } = (await import(join(folder, "generated.example.com/v1.ts"))) as {
    readonly GeneratedExampleComV1: Group<{ readonly dials: NamespacedCollection<Dial, CustomResource<Dial>> }>;
  };
  const dials = both.protobuf.api(GeneratedExampleComV1).dials.in(own.namespace);
  await eventually(() => dials.list().catch(() => undefined), "dials are served");
  both.exchanged.length = 0;
  await dials.create({ metadata: { name: "d" }, spec: { turns: 3 } });
  expect((await dials.list()).items.map(({ spec }) => spec)).toEqual([{ turns: 3 }]);
  expect((await dials.get("d")).spec?.turns).toBe(3);
  expect(both.exchanged.map(({ verb, sent, answered }) => ({ verb, sent, answered }))).toEqual([
    { verb: "create", sent: "application/json", answered: "application/json" },
    { verb: "list", sent: undefined, answered: "application/json" },
    { verb: "get", sent: undefined, answered: "application/json" },
  ]);
});
