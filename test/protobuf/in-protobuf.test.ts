import { readFileSync } from "node:fs";
import { type Cluster, createCluster, type Interceptor, type Transport } from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { protobuf } from "@kubewright/protobuf";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { adminCluster, ownNamespace } from "../e2e/support.ts";
import { rejection } from "../support/api-request.ts";
import { inProtobuf } from "../support/in-protobuf.ts";
import { expectSame } from "./both.ts";

// What tests' servers in memory say in protobuf is what the real one says: its JSON goes the same way.
const held = adminCluster({ encoding: { read: "json" } });
const own = ownNamespace(held);
let ours: Cluster;
let real: Cluster;

beforeAll(async () => {
  const { server, caFile, admin } = inject("controlPlane");
  const transport = createNodeTransport({ server, ca: readFileSync(caFile, "utf8") });
  const asJson: Transport = {
    ...transport,
    send: (request) => transport.send({ ...request, headers: { ...request.headers, accept: ["application/json"] } }),
  };
  const asAdmin: Interceptor = (next) => (request) =>
    next({ ...request, headers: { ...request.headers, authorization: [`Bearer ${admin.token}`] } });
  const over = (one: Transport): Cluster =>
    createCluster({
      transport: one,
      interceptors: [asAdmin],
      protobuf: () => protobuf,
      encoding: { read: "protobuf" },
    });
  [ours, real] = [over(inProtobuf(asJson)), over(transport)];
  for (const name of ["a", "b"])
    await maps(held.cluster).create({ metadata: { name }, data: { text: "é😀" }, binaryData: { b: "AP8=" } });
});
afterAll(async () => {
  await ours?.close();
  await real?.close();
});

const maps = (cluster: Cluster) => cluster.api(CoreV1).configMaps.in(own.namespace);

test("objects, lists, events with an end mark, failures and ERROR events", async () => {
  const initial = { sendInitialEvents: true, allowWatchBookmarks: true, resourceVersionMatch: "NotOlderThan" } as const;
  const events = async (cluster: Cluster): Promise<unknown[]> => {
    const seen: unknown[] = [];
    for await (const { type, object } of maps(cluster).watch(initial)) {
      if (type !== "BOOKMARK") seen.push([type, object]);
      else return [...seen, { ...object, metadata: { ...object.metadata, resourceVersion: "" } }];
    }
    throw new Error("the watch ended before the end mark");
  };
  await expectSame(
    () => maps(real).get("a"),
    () => maps(ours).get("a"),
  );
  await expectSame(
    async () => (await maps(real).list()).items,
    async () => (await maps(ours).list()).items,
  );
  await expectSame(
    () => events(real),
    () => events(ours),
  );
  for (const fail of [
    (cluster: Cluster) => maps(cluster).get("none"),
    (cluster: Cluster) => maps(cluster).list({ resourceVersion: "abc" }),
    (cluster: Cluster) => {
      const future = maps(cluster).watch({ ...initial, resourceVersion: "999999999" });
      return future[Symbol.asyncIterator]().next();
    },
  ]) {
    const [is, was] = await Promise.all([ours, real].map(async (cluster) => rejection(fail(cluster))));
    const text = (error: unknown): string => String(error).replace(/current: \d+/, "current");
    expect(text(is)).toBe(text(was));
  }
});
