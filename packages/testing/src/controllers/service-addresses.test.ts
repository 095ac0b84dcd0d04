import { CoreV1 } from "@kubewright/api/core/v1";
import { NetworkingV1 } from "@kubewright/api/networking/v1";
import { type Cluster, createCluster } from "@kubewright/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createApiServer } from "../serving/create-api-server.ts";
import type { ApiServerHeart } from "../serving/heart.ts";

let clock: VirtualClock;
let api: ApiServerHeart;
let cluster: Cluster;
const services = () => cluster.api(CoreV1).services.in("home");
const service = (name: string) => ({ metadata: { name }, spec: { ports: [{ port: 80 }] } });

beforeEach(async () => {
  clock = createVirtualClock();
  api = createApiServer({ clock });
  cluster = createCluster({ transport: api.transport(), fieldManager: "test" });
  await cluster.api(CoreV1).namespaces.create({ metadata: { name: "home" } });
});
afterEach(async () => {
  await cluster.close();
  api.close();
});

/** Whose each address is. */
async function owners(): Promise<readonly (string | undefined)[]> {
  const { items } = await cluster.api(NetworkingV1).ipAddresses.list();
  return items.map(({ spec }) => spec?.parentRef?.name).toSorted();
}

test("an address is a service's alone, and is free again with its namespace", async () => {
  const made = await services().create(service("a"));
  const { clusterIP = "" } = made.spec!;
  expect(await owners()).toEqual(["a", "kubernetes"]);
  const second = { ...service("b"), spec: { ...service("b").spec, clusterIP } };
  expect(String(await rejection(services().create(second)))).toContain("provided IP is already allocated");
  await cluster.api(CoreV1).namespaces.delete("home");
  await clock.advance(1);
  expect(await owners()).toEqual(["kubernetes"]);
});

test("a dry run takes no address", async () => {
  const made = await services().create(service("a"), { dryRun: "All" });
  expect(made.spec?.clusterIP).toMatch(/^10\.0\./);
  expect(await owners()).toEqual(["kubernetes"]);
});
