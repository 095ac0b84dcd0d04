import { inspect } from "node:util";
import { connect } from "@kubewright/node";
import { CoreV1 } from "@kubewright/api/core/v1";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "./start-api-server.ts";

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer();
});
afterEach(() => api.close());

describe.each(["auto", "http/1.1"] as const)("a server that listens, over %s", (protocol) => {
  test("answers, watches, and ends with its watches open", async () => {
    const cluster = await connect({ kubeconfigText: api.kubeconfig, protocol, encoding: { read: "json" } });
    const maps = cluster.api(CoreV1).configMaps.in("default");
    const selector = { fieldSelector: "metadata.name=a" };
    const events = maps.watch(selector)[Symbol.asyncIterator]();
    const first = events.next();
    await maps.create({ metadata: { name: "a" }, data: { b: "c" } });
    expect((await first).value).toMatchObject({ type: "ADDED", object: { metadata: { name: "a" }, data: { b: "c" } } });
    const { items } = await maps.list(selector);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(["a"]);
    const next = events.next();
    await api.close();
    expect(await next).toMatchObject({ done: true });
    await cluster.close();
  });
});

test("its connect() gives a cluster that ends with it", async () => {
  const cluster = await api.connect({ namespace: "shop" });
  expect([cluster.server, cluster.namespace]).toEqual([api.url, "shop"]);
  expect((await cluster.api(CoreV1).pods.in("default").list()).items).toEqual([]);
  await api.close();
  await expect(cluster.api(CoreV1).configMaps.in().list()).rejects.toThrow("Closed");
});

test("whoever inspects it sees no credential", () => {
  expect(inspect(api)).toBe(`ApiServer { url: ${JSON.stringify(api.url)} }`);
});

test("what lags behind before anybody asked shows the cluster as it began", async () => {
  const fault = api.faults.on({ verb: "list" }).stale();
  const core = (await api.connect()).api(CoreV1);
  await core.namespaces.create({ metadata: { name: "shop" } });
  const names = async (): Promise<readonly string[]> =>
    (await core.namespaces.list()).items.map(({ metadata }) => metadata.name);
  expect(await names()).toContain("default");
  expect(await names()).not.toContain("shop");
  fault.end();
  expect(await names()).toContain("shop");
});

test("the rules of the kinds are loaded with the first request, whichever are under way together", async () => {
  const core = (await api.connect()).api(CoreV1);
  const lists = await Promise.all([core.namespaces.list(), core.namespaces.list(), core.services.in().list()]);
  expect(lists[0].items.map(({ metadata }) => metadata.uid)).toEqual(
    lists[1].items.map(({ metadata }) => metadata.uid),
  );
});
