import { expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createCluster } from "../client/cluster.ts";
import { ApplyAllError } from "../errors/apply-all-error.ts";

const served = (version: string, ...resources: readonly object[]): object => ({ version, resources });
const kind = (group: string, version: string, name: string, resource: string): object => ({
  resource,
  responseKind: { group, version, kind: name },
  scope: "Cluster",
  verbs: ["patch"],
});
const groups = [
  { metadata: { name: "" }, versions: [served("v1", kind("", "v1", "Namespace", "namespaces"))] },
  {
    metadata: { name: "apiextensions.k8s.io" },
    versions: [
      served("v1", kind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions")),
    ],
  },
];

test("discovery that fails while a definition is awaited hides nothing of what was applied", async () => {
  let defined = false;
  const transport = recordingTransport(({ method, path, body }) => {
    if (method === "PATCH") {
      defined ||= path.includes("customresourcedefinitions");
      return { json: JSON.parse(body as string) };
    }
    if (defined) return { status: 500, json: { kind: "Status", reason: "InternalError", message: "broken" } };
    return { json: { kind: "APIGroupDiscoveryList", items: path === "/api" ? groups.slice(0, 1) : groups.slice(1) } };
  });
  const cluster = createCluster({ transport, fieldManager: "test" });
  const definition = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: { group: "example.com", names: { kind: "Widget" }, versions: [{ name: "v1" }] },
  };
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };
  const error: unknown = await cluster.applyAll([definition, namespace]).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApplyAllError);
  const { applied, failures } = error as ApplyAllError;
  expect(applied).toEqual([namespace]);
  expect(failures).toEqual([{ object: definition, error: expect.objectContaining({ reason: "InternalError" }) }]);
});

test.each<[string, unknown, string]>([
  ["one object", { kind: "Namespace" }, "Invalid objects: it must be a list of objects"],
  ["text", "kind: Namespace", "Invalid objects: it must be a list of objects"],
  ["nothing", undefined, "Invalid objects: it must be a list of objects"],
  ["a list with a gap", [{ kind: "Namespace" }, null], "Invalid objects[1]: it must be an object, not null"],
])("%s instead of a list of objects", async (_, objects, message) => {
  const transport = recordingTransport();
  const cluster = createCluster({ transport, fieldManager: "test" });
  await expect(cluster.applyAll(objects as [])).rejects.toThrow(message);
  expect(transport.requests).toEqual([]);
});
