import { describe, expect, test } from "vitest";
import { SpecError } from "../checks/problems.ts";
import type { DiscoveredResource } from "../load/discovery.ts";
import type { ServerKnowledge, ServerResource } from "../load/server-knowledge.ts";
import { serverResourcesFile } from "./server-resources-file.ts";

const lamps: DiscoveredResource = {
  resource: "lamps",
  responseKind: { kind: "Lamp" },
  scope: "Namespaced",
  verbs: ["get"],
};

function served(version: string, more: Partial<ServerResource> = {}): ServerResource {
  return { group: "light", version, resource: "lamps", byDefault: true, store: "/lamps", ...more };
}

function knowledge(
  resources: readonly ServerResource[],
  found: DiscoveredResource = lamps,
): Parameters<typeof serverResourcesFile>[0] {
  const versions = ["v1", "v1beta1"].map((version) => ({ version, resources: [found] }));
  const discovery: ServerKnowledge["discovery"] = [{ items: [{ metadata: { name: "light" }, versions }] }];
  return { discovery, resources };
}

function keptAs(resources: readonly ServerResource[]): readonly (string | undefined)[] {
  const text = serverResourcesFile(knowledge(resources), "a test");
  return [...text.matchAll(/"keptAs":"([^"]+)"/g)].map(([, version]) => version);
}

describe("the version in which objects are kept", () => {
  const beta = { group: "light", version: "v1beta1" };

  test("is the real one where every server serves it", () => {
    expect(keptAs([served("v1", { keptAs: beta }), served("v1beta1", { keptAs: beta })])).toEqual([
      "light/v1beta1",
      "light/v1beta1",
    ]);
  });

  test("is one that a default server serves, where the real one is not on by default", () => {
    const resources = [served("v1", { keptAs: beta }), served("v1beta1", { keptAs: beta, byDefault: false })];
    expect(keptAs(resources)).toEqual(["light/v1", "light/v1"]);
  });

  test("is one that is served, where the real one is served by none", () => {
    const old = { group: "light", version: "v1alpha1" };
    expect(keptAs([served("v1", { keptAs: old }), served("v1beta1", { keptAs: old })])).toEqual([
      "light/v1",
      "light/v1",
    ]);
  });
});

describe("what the generator refuses", () => {
  test("discovery that knows more than the server's code", () => {
    expect(() => serverResourcesFile(knowledge([served("v1")]), "a test")).toThrow(
      new SpecError(["Discovery has light/v1beta1 lamps, openapi/server.json has not: npm run snapshot"]),
    );
  });

  test("a subresource that other servers have than those with its resource", () => {
    const found = { ...lamps, subresources: [{ subresource: "status", responseKind: { kind: "Lamp" }, verbs: [] }] };
    const status = ["v1", "v1beta1"].map((version) => served(version, { resource: "lamps/status", byDefault: false }));
    const resources = [served("v1"), served("v1beta1"), ...status];
    expect(() => serverResourcesFile(knowledge(resources, found), "a test")).toThrow(
      "lamps/status is served otherwise",
    );
  });

  test("a field selector that only leads into a list", () => {
    const bulbs = { selectable: { bulb: { paths: ["bulbs[0].name"], empty: "" } } };
    const resources = ["v1", "v1beta1"].map((version) => served(version, bulbs));
    expect(() => serverResourcesFile(knowledge(resources), "a test")).toThrow("lamps can be selected by bulb");
  });
});

test("columns that two resources have stand once", () => {
  const columns = [{ name: "Name", type: "string", format: "name", priority: 0, description: "Its name" }];
  const text = serverResourcesFile(
    knowledge(["v1", "v1beta1"].map((version) => served(version, { columns }))),
    "a test",
  );
  expect(text.match(/Its name/g)).toHaveLength(1);
  expect(text.match(/"columns":\[c0\]/g)).toHaveLength(2);
});
