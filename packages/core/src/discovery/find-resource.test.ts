import { expect, test } from "vitest";
import type { ApiGroup, ApiResource } from "./api-resource.ts";
import { findResource } from "./find-resource.ts";

const resource = (group: string, version: string, plural: string, kind: string, shortNames: string[]): ApiResource => ({
  group,
  version,
  plural,
  kind,
  singular: kind.toLowerCase(),
  shortNames,
  namespaced: true,
  verbs: [],
  categories: [],
});

const group = (name: string, ...resources: readonly ApiResource[]): ApiGroup => ({
  name,
  versions: [...new Set(resources.map(({ version }) => version))].map((version) => ({
    version,
    stale: false,
    resources: resources.filter((one) => one.version === version),
  })),
});

const groups: readonly ApiGroup[] = [
  group("", resource("", "v1", "pods", "Pod", ["po"])),
  group("apps", resource("apps", "v1", "deployments", "Deployment", ["deploy"])),
  group("apps.example.org", resource("apps.example.org", "v1", "deployments", "Deployment", [])),
  group("networking.k8s.io", resource("networking.k8s.io", "v1", "ingresses", "Ingress", ["ing"])),
  group(
    "example.com",
    resource("example.com", "v2", "fish", "Fish", ["fi", "po"]),
    resource("example.com", "v1", "fish", "Fish", []),
    resource("example.com", "v1", "po", "Po", []),
  ),
];

const discovery = { groups: async () => groups, resources: async () => [], refresh: () => {} };

// What kubectl get asks for, with these resources.
test.each([
  ["pods", "/v1 pods"],
  ["Pod", "/v1 pods"],
  ["pods.v1.", "/v1 pods"],
  ["po", "example.com/v1 po"],
  ["fish", "example.com/v2 fish"],
  ["fish.v1.example.com", "example.com/v1 fish"],
  ["fish.example", "example.com/v2 fish"],
  ["fi.example.com", "example.com/v2 fish"],
  ["ing.networking", "networking.k8s.io/v1 ingresses"],
  ["ingress.networking.k8s.io", "networking.k8s.io/v1 ingresses"],
  ["deployments.apps", "apps/v1 deployments"],
  ["deployments.app", "apps/v1 deployments"],
  ["deployments.apps.example", "apps.example.org/v1 deployments"],
])("%s", async (query, expected) => {
  const { group: found, version, plural } = await findResource(discovery, query);
  expect(`${found}/${version} ${plural}`).toBe(expected);
});

test.each(["fish.v3.example.com", "pods.example.com", "po.x"])("%s is not there", async (query) => {
  await expect(findResource(discovery, query)).rejects.toThrow("Invalid resource: the server has no");
});

test("a kind is found in its own group and version only", async () => {
  const found = await findResource(discovery, { apiVersion: "example.com/v1", kind: "Fish" });
  expect(found).toMatchObject({ version: "v1", plural: "fish" });
  expect(await findResource(discovery, { apiVersion: "v1", kind: "Pod" })).toMatchObject({ plural: "pods" });
});

test.each([
  ["deploymets", 'the server has no "deploymets"; did you mean deployments?'],
  [{ apiVersion: "v1", kind: "Pd" }, "the server has no Pd in v1; did you mean Pod?"],
  [{ apiVersion: "v1", kind: "Something" }, /the server has no Something in v1$/],
  [{ apiVersion: "v1", kind: "Fish" }, "no Fish in v1; it has it in example.com/v2, example.com/v1"],
])("what is not there says what is: %j", async (query, message) => {
  await expect(findResource(discovery, query)).rejects.toThrow(message);
});

test("a whole group goes before the beginning of one that comes earlier", async () => {
  const reversed = { ...discovery, groups: async () => groups.toReversed() };
  expect(await findResource(reversed, "deployments.apps")).toMatchObject({ group: "apps" });
});

test("by its singular, which need not be the kind", async () => {
  const leaf = { ...resource("example.com", "v1", "leaves", "Foliage", []), singular: "leaf" };
  const known = { ...discovery, groups: async () => [group("example.com", leaf)] };
  expect(await findResource(known, "leaf")).toBe(leaf);
});

test("what is not known yet is looked for once more", async () => {
  let refreshed = 0;
  const growing = { ...discovery, groups: async () => groups.slice(0, 1 + refreshed), refresh: () => void refreshed++ };
  expect(await findResource(growing, "deploy")).toMatchObject({ plural: "deployments" });
  expect(await findResource(growing, "deploy")).toMatchObject({ plural: "deployments" });
  expect(refreshed).toBe(1);
});

test("what a silent aggregated API would have is not said to be missing for sure", async () => {
  const down = { name: "down.example.com", versions: [{ version: "v1", stale: true, resources: [] }] };
  const partly = { ...discovery, groups: async () => [...groups, down] };
  await expect(findResource(partly, "pods.down.example.com")).rejects.toThrow(
    'the server has no "pods.down.example.com". Not known is what these would have: down.example.com/v1 (the server has no answer from there)',
  );
  await expect(findResource(partly, { apiVersion: "v1", kind: "Thing" })).rejects.toThrow(
    "Not known is what these would have",
  );
});
