import { CoreV1 } from "@kubewright/api/core/v1";
import { type Cluster, createCluster, isForbidden, isNotFound } from "@kubewright/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createApiServer } from "../serving/create-api-server.ts";
import type { ApiServerHeart } from "../serving/heart.ts";

let clock: VirtualClock;
let api: ApiServerHeart;
let cluster: Cluster;
const core = () => cluster.api(CoreV1);
const maps = () => core().configMaps.in("home");

beforeEach(async () => {
  clock = createVirtualClock();
  api = createApiServer({ clock, certificateAuthority: "the authority" });
  cluster = createCluster({ transport: api.transport(), fieldManager: "test" });
  await core().namespaces.create({ metadata: { name: "home" } });
});
afterEach(async () => {
  await cluster.close();
  api.close();
});

test("a namespace has an account and the authority, and has them again after they are deleted", async () => {
  for (const namespace of ["home", "default"]) {
    const account = await core().serviceAccounts.in(namespace).get("default");
    await core().serviceAccounts.in(namespace).delete("default");
    expect((await core().serviceAccounts.in(namespace).get("default")).metadata.uid).not.toBe(account.metadata.uid);
  }
  expect((await maps().get("kube-root-ca.crt")).data).toEqual({ "ca.crt": "the authority" });
});

test("what is deleted goes with all that is in it", async () => {
  await maps().create({ metadata: { name: "a" } });
  const deleted = await core().namespaces.delete("home");
  expect(deleted).toMatchObject({ done: false, object: { status: { phase: "Terminating" } } });
  const refused = await rejection(maps().create({ metadata: { name: "b" } }));
  expect(isForbidden(refused)).toBe(true);
  await clock.advance(1);
  expect(isNotFound(await rejection(core().namespaces.get("home")))).toBe(true);
  expect((await maps().list()).items).toEqual([]);
  expect(isNotFound(await rejection(maps().create({ metadata: { name: "b" } })))).toBe(true);
});

test("what is held by a finalizer holds its namespace, which says so", async () => {
  await maps().create({ metadata: { name: "a", finalizers: ["example.com/held"] } });
  await core().namespaces.delete("home");
  await clock.advance(1);
  const { status } = await core().namespaces.get("home");
  expect(status?.conditions?.filter(({ status: found }) => found === "True").map(({ message }) => message)).toEqual([
    "Some resources are remaining: configmaps. has 1 resource instances",
    "Some content in the namespace has finalizers remaining: example.com/held in 1 resource instances",
  ]);
  await maps().patch("a", { merge: { metadata: { finalizers: null } } });
  await clock.advance(1);
  expect(isNotFound(await rejection(core().namespaces.get("home")))).toBe(true);
});

test("the namespaces of the cluster itself stay", async () => {
  const error = await rejection(core().namespaces.delete("default"));
  expect(error).toMatchObject({
    status: { message: 'namespaces "default" is forbidden: this namespace may not be deleted' },
  });
});
