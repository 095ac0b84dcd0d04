import { createCluster, isExpired, isNotFound } from "@kubewright/core";
import { CoreV1 } from "@kubewright/api/core/v1";
import { expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { createApiServer } from "./create-api-server.ts";

function start() {
  const api = createApiServer({ controllers: false });
  const cluster = createCluster({ transport: api.transport(), fieldManager: "test" });
  return { api, cluster, maps: cluster.api(CoreV1).configMaps.in("default") };
}

test("what was received is remembered, with what it asked for and how it was answered", async () => {
  const { api, maps } = start();
  await maps.create({ metadata: { name: "a" } });
  await maps.patch("a", { merge: { data: { b: "c" } } });
  await rejection(maps.get("b", { timeoutMs: 1000 }));
  expect(api.requests()).toMatchObject([
    { verb: "create", resource: "configmaps", namespace: "default", status: 201 },
    {
      verb: "patch",
      group: "",
      version: "v1",
      name: "a",
      body: { data: { b: "c" } },
      user: "kubernetes-admin",
      status: 200,
    },
    { verb: "get", name: "b", path: "/api/v1/namespaces/default/configmaps/b", body: undefined, status: 404 },
  ]);
  expect(api.requests()[1]?.headers.get("content-type")).toBe("application/merge-patch+json");
});

test("after a reset nothing is left, and nobody goes on from what was before", async () => {
  const { api, maps } = start();
  const made = await maps.create({ metadata: { name: "a" } });
  const { resourceVersion } = made.metadata;
  const watch = maps.watch({ resourceVersion })[Symbol.asyncIterator]();
  const next = watch.next();
  await expect.poll(() => api.requests().length).toBe(2);
  api.reset();
  expect(api.requests()).toEqual([]);
  expect(await next).toMatchObject({ done: true });
  expect(isNotFound(await rejection(maps.get("a")))).toBe(true);
  expect(isExpired(await rejection(maps.watch({ resourceVersion })[Symbol.asyncIterator]().next()))).toBe(true);
  const again = await maps.create({ metadata: { name: "a" } });
  expect(again.metadata.uid).not.toBe(made.metadata.uid);
  expect(Number(again.metadata.resourceVersion)).toBeGreaterThan(Number(resourceVersion));
});

test("a body above three mebibytes is refused", async () => {
  const { maps } = start();
  const error = await rejection(maps.create({ metadata: { name: "a" }, data: { b: "c".repeat(3 * 1024 * 1024) } }));
  expect(error).toMatchObject({
    statusCode: 413,
    status: { reason: "RequestEntityTooLarge", message: "Request entity too large: limit is 3145728" },
  });
});
