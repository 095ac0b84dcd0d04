import { CoreV1 } from "@kubewright/api/core/v1";
import { type Cluster, createCluster, isNotFound, ownerReference } from "@kubewright/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createApiServer } from "../serving/create-api-server.ts";
import type { ApiServerHeart } from "../serving/heart.ts";

let clock: VirtualClock;
let api: ApiServerHeart;
let cluster: Cluster;
const maps = () => cluster.api(CoreV1).configMaps.in("home");

beforeEach(async () => {
  clock = createVirtualClock();
  api = createApiServer({ clock });
  cluster = createCluster({ transport: api.transport(), fieldManager: "test" });
  await cluster.api(CoreV1).namespaces.create({ metadata: { name: "home" } });
  const owner = await maps().create({ metadata: { name: "owner" } });
  const ownerReferences = [ownerReference(owner, { controller: true })];
  await maps().create({ metadata: { name: "dependent", ownerReferences } });
  await clock.advance(1);
});
afterEach(async () => {
  await cluster.close();
  api.close();
});

async function names(): Promise<readonly string[]> {
  await clock.advance(1);
  const ours = (await maps().list({ fieldSelector: "metadata.name!=kube-root-ca.crt" })).items;
  return ours.map(({ metadata }) => metadata.name);
}

test("what belongs to nobody any more goes", async () => {
  expect(await names()).toEqual(["dependent", "owner"]);
  await maps().delete("owner");
  expect(await names()).toEqual([]);
});

test("an owner that waits for its dependents goes after them", async () => {
  await maps().patch("dependent", { merge: { metadata: { finalizers: ["example.com/held"] } } });
  const deleted = await maps().delete("owner", { propagationPolicy: "Foreground" });
  expect(deleted).toMatchObject({ done: false, object: { metadata: { finalizers: ["foregroundDeletion"] } } });
  expect(await names()).toEqual(["dependent", "owner"]);
  await maps().patch("dependent", { merge: { metadata: { finalizers: null } } });
  expect(await names()).toEqual([]);
});

test("orphans stay, and have no owner", async () => {
  await maps().delete("owner", { propagationPolicy: "Orphan" });
  expect(await names()).toEqual(["dependent"]);
  expect((await maps().get("dependent")).metadata.ownerReferences).toBeUndefined();
});

test("an owner that waits takes only what has no other owner", async () => {
  const other = await maps().create({ metadata: { name: "other" } });
  const { metadata } = await maps().get("dependent");
  const ownerReferences = [...(metadata.ownerReferences ?? []), ownerReference(other)];
  await maps().patch("dependent", { merge: { metadata: { ownerReferences } } });
  await maps().delete("owner", { propagationPolicy: "Foreground" });
  expect(await names()).toEqual(["dependent", "other"]);
  const left = (await maps().get("dependent")).metadata.ownerReferences;
  expect(left?.map(({ name }) => name)).toEqual(["other"]);
});

test("what is below what is below goes first", async () => {
  const { metadata } = await maps().get("dependent");
  const below = ownerReference({ apiVersion: "v1", kind: "ConfigMap", metadata }, { controller: true });
  await maps().create({ metadata: { name: "below", ownerReferences: [below], finalizers: ["example.com/held"] } });
  await clock.advance(1);
  await maps().delete("owner", { propagationPolicy: "Foreground" });
  expect(await names()).toEqual(["below", "dependent", "owner"]);
  expect((await maps().get("dependent")).metadata.finalizers).toEqual(["foregroundDeletion"]);
  await maps().patch("below", { merge: { metadata: { finalizers: null } } });
  expect(await names()).toEqual([]);
});

test("what never had a living owner goes", async () => {
  const unknown = { apiVersion: "v1", kind: "ConfigMap", name: "never", uid: "0b1c2d3e-0000-4000-8000-000000000001" };
  await maps().create({ metadata: { name: "lost", ownerReferences: [unknown] } });
  expect(await names()).toEqual(["dependent", "owner"]);
});

test("one of two owners is enough to stay", async () => {
  const other = await maps().create({ metadata: { name: "other" } });
  const { metadata } = await maps().get("dependent");
  const ownerReferences = [...(metadata.ownerReferences ?? []), ownerReference(other)];
  await maps().patch("dependent", { merge: { metadata: { ownerReferences } } });
  await maps().delete("owner");
  expect(await names()).toEqual(["dependent", "other"]);
  await maps().delete("other");
  expect(await names()).toEqual([]);
});

test("after close() nothing is collected", async () => {
  api.close();
  await maps().delete("owner");
  expect(await names()).toEqual(["dependent"]);
  expect(isNotFound(await rejection(maps().get("owner")))).toBe(true);
});
