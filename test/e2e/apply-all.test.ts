import type { ApplyAllError, KubernetesObject } from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { afterAll, expect, test } from "vitest";
import { rejection } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster } from "./support.ts";

const warnings: string[] = [];
const held = adminCluster({ fieldManager: "apply-all-test", onWarning: (text) => warnings.push(text) });
const suffix = Math.random().toString(36).slice(2, 8);
const group = `a${suffix}.example.com`;
const core = (): CoreV1 => held.cluster.api(CoreV1);
const definitions = (): ApiextensionsV1["customResourceDefinitions"] =>
  held.cluster.api(ApiextensionsV1).customResourceDefinitions;

function definition(kind: string, plural: string, names: object = {}): KubernetesObject {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Cluster",
      names: { kind, plural, ...names },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
    },
  } as KubernetesObject;
}

afterAll(async () => {
  for (const { metadata } of (await definitions().list()).items)
    if (metadata.name.endsWith(`.${group}`)) await definitions().delete(metadata.name);
});

const failure = async (promise: Promise<unknown>): Promise<ApplyAllError> =>
  (await rejection(promise)) as ApplyAllError;

test("names that another definition has fail with the server's reason; fixed, they are served", async () => {
  const taken = definition("Foobar", "foobars", { singular: "foobar" });
  const wrong = definition("FooBar", "foo-bars", { singular: "foobar" });
  const object = { apiVersion: `${group}/v1`, kind: "FooBar", metadata: { name: "x" } };
  for (const times of ["first", "again"]) {
    const error = await failure(held.cluster.applyAll([taken, wrong]));
    expect(error.message, times).toContain('"foobar" is already in use (SingularConflict)');
    expect(error.applied, times).toHaveLength(1);
  }
  const applied = await held.cluster.applyAll([definition("FooBar", "foo-bars", { singular: "foo-bar" }), object], {
    force: true,
  });
  expect(applied.map(({ kind }) => kind)).toEqual(["CustomResourceDefinition", "FooBar"]);
});

// The API server looks for what is left of a definition for a minute before it begins anew.
test("a definition that is being deleted is waited for and applied again", { timeout: 200_000 }, async () => {
  const door = definition("Door", "doors");
  const object = { apiVersion: `${group}/v1`, kind: "Door", metadata: { name: "x" } };
  const [first] = await held.cluster.applyAll([door, object]);
  // The finalizer of one of its objects holds it.
  const doors = await held.cluster.find(`doors.${group}`);
  await doors.patch("x", { merge: { metadata: { finalizers: ["example.com/hold"] } } });
  await definitions().delete(`doors.${group}`);
  const applying = held.cluster.applyAll([door, object], { timeoutMs: 150_000 });
  await eventually(
    async () =>
      (await definitions().get(`doors.${group}`)).metadata.deletionTimestamp === undefined ? undefined : true,
    "the definition is being deleted",
  );
  await doors.patch("x", { merge: { metadata: { finalizers: null } } } as never);
  const [second, again] = await applying;
  expect(second?.metadata.uid).not.toBe(first?.metadata.uid);
  expect(again?.kind).toBe("Door");
  expect((await definitions().get(`doors.${group}`)).metadata.deletionTimestamp).toBeUndefined();
});

test("a definition that cannot go says what holds it", async () => {
  const gate = definition("Gate", "gates");
  await held.cluster.applyAll([
    gate,
    { apiVersion: `${group}/v1`, kind: "Gate", metadata: { name: "x", finalizers: ["example.com/hold"] } },
  ]);
  await definitions().delete(`gates.${group}`);
  const error = await failure(held.cluster.applyAll([gate], { timeoutMs: 1500 }));
  expect(error.message).toContain("is being deleted (finalizers: customresourcecleanup.apiextensions.k8s.io)");
  const gates = held.cluster.resource({ group, version: "v1", plural: "gates", kind: "Gate", namespaced: false });
  await gates.patch("x", { merge: { metadata: { finalizers: null } } } as never);
});

test("a namespace that is being deleted is waited for, with what it is to hold", async () => {
  const name = `apply-all-${suffix}`;
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: name } };
  const [first] = await held.cluster.applyAll([namespace, config]);
  await core().namespaces.delete(name);
  const [second, stored] = await held.cluster.applyAll([namespace, config]);
  expect(second?.metadata.uid).not.toBe(first?.metadata.uid);
  expect(stored?.metadata).toMatchObject({ name: "c", namespace: name });
  await core().namespaces.delete(name);
});

test("a namespace on an object that lives outside namespaces is left out, with a warning", async () => {
  const name = `apply-all-${suffix}`;
  const role = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name, namespace: "team" },
    rules: [],
  };
  const [stored] = await held.cluster.applyAll([role]);
  expect(stored?.metadata).toMatchObject({ name });
  expect(stored?.metadata.namespace).toBeUndefined();
  expect(await held.cluster.apply(role)).toMatchObject({ metadata: { name } });
  const warning = `ClusterRole ${name}: metadata.namespace "team" is left out, since ClusterRole lives outside namespaces`;
  expect(warnings.filter((text) => text === warning)).toHaveLength(1);
  await held.cluster.api(RbacV1).clusterRoles.delete(name);
});

test("a deleteCollection with a limit tells how to go on", async () => {
  const name = `apply-all-collection-${suffix}`;
  const { metadata } = await core().namespaces.create({ metadata: { name } });
  const maps = core().configMaps.in(metadata.name);
  for (let i = 0; i < 3; i++) await maps.create({ metadata: { name: `m${i}`, labels: { some: "label" } } });
  const deleted: string[] = [];
  let next: string | undefined;
  do {
    const result = await maps.deleteCollection({ labelSelector: "some=label", limit: 2, continue: next ?? "" });
    if (result.items === undefined) throw new Error("a Status");
    deleted.push(...result.items.map((item) => item.metadata.name));
    next = result.metadata.continue;
  } while (next);
  expect(deleted).toEqual(["m0", "m1", "m2"]);
  await core().namespaces.delete(name);
});

test("a refused raw request has the server's own text", async () => {
  const error = await held.cluster.request({ path: "/nothing-is-here" }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "StatusError", statusCode: 404, body: "404 page not found\n" });
});
