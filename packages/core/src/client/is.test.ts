import { expect, test } from "vitest";
import { createCluster } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import { is } from "./is.ts";

const cluster = createCluster({
  transport: { server: "https://a", send: () => Promise.reject(new Error("nothing is sent")), close: async () => {} },
});
const scale = { group: "autoscaling", version: "v1", kind: "Scale", verbs: ["get"] } as const;
const status = { group: "apps", version: "v1", kind: "Deployment", verbs: ["get"] } as const;
const deployments = {
  group: "apps",
  version: "v1",
  plural: "deployments",
  kind: "Deployment",
  namespaced: true,
  subresources: { scale, status },
} as const;
const nodes = { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false } as const;

const deployment: unknown = { apiVersion: "apps/v1", kind: "Deployment" };
const node: unknown = { apiVersion: "v1", kind: "Node", metadata: { name: "a" } };

test("a descriptor and its clients tell their kind by apiVersion and kind", () => {
  const client = cluster.resource(deployments);
  for (const resource of [deployments, client, client.in("a"), client.in(), client.in("a").status]) {
    expect(is(resource, deployment)).toBe(true);
    expect(is(resource, node)).toBe(false);
  }
  for (const resource of [nodes, cluster.resource(nodes)])
    expect([is(resource, node), is(resource, deployment)]).toEqual([true, false]);
});

test("another version, another group, and a kind of the same name are not it", () => {
  for (const apiVersion of ["apps/v1beta1", "v1", "extensions/v1", "apps", "/v1", "apps/v1/", undefined])
    expect(is(deployments, { apiVersion, kind: "Deployment" })).toBe(false);
  for (const kind of ["deployment", "DeploymentList", "", undefined])
    expect(is(deployments, { apiVersion: "apps/v1", kind })).toBe(false);
});

test("what is no object is not of any kind", () => {
  for (const value of [
    undefined,
    null,
    "Deployment",
    1,
    [],
    [deployment],
    () => deployment,
    new Map([["kind", "Node"]]),
  ])
    expect(is(deployments, value)).toBe(false);
});

test("a client of metadata or of a subresource is of the kind that it reads", () => {
  const client = cluster.resource(deployments).in("a");
  expect(is(client.metadata, { apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata" })).toBe(true);
  expect(is(client.metadata, deployment)).toBe(false);
  expect(is(client.scale, { apiVersion: "autoscaling/v1", kind: "Scale" })).toBe(true);
  expect(is(client.scale, deployment)).toBe(false);
});

test("a client that someone else wrote is of the kind of its resource", () => {
  expect(is({ resource: nodes, namespace: undefined }, node)).toBe(true);
});

test.each([undefined, null, "pods", 1, [], {}, { kind: "Pod" }, { resource: "pods" }, { resource: {} }])(
  "%j is neither a descriptor nor a client",
  (resource) => {
    expect(() => is(resource as never, node)).toThrow(InputError);
  },
);
