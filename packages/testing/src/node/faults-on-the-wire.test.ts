import { ConnectionError, type Cluster } from "@kubewright/core";
import { CoreV1 } from "@kubewright/api/core/v1";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { type ApiServer, startApiServer } from "./start-api-server.ts";

describe.each(["auto", "http/1.1"] as const)("faults over %s", (protocol) => {
  let api: ApiServer;
  let cluster: Cluster;
  beforeEach(async () => {
    api = await startApiServer({ controllers: false });
    cluster = await api.connect({ protocol, encoding: { read: "json" } });
  });
  afterEach(() => api.close());
  const maps = () => cluster.api(CoreV1).configMaps.in("default");

  test("a connection that is dropped once is tried again, one that always is ends in an error", async () => {
    const once = api.faults.on({ verb: "list" }).once().drop();
    expect((await maps().list()).items).toEqual([]);
    expect(once.hits).toBe(1);
    api.faults.on({ verb: "create" }).drop();
    expect(await rejection(maps().create({ metadata: { name: "a" } }))).toBeInstanceOf(ConnectionError);
    expect((await maps().list()).items).toEqual([]);
  });

  test.each(["cut", "reset"] as const)("an answer that is %s is no whole answer", async (how) => {
    api.faults.on({ verb: "create" })[how]({ bytes: 20 });
    expect(await rejection(maps().create({ metadata: { name: "a" } }))).toBeInstanceOf(ConnectionError);
    expect((await maps().list()).items).toHaveLength(1);
  });

  test("a watch that is cut breaks, and one that is not goes on", async () => {
    const [cut, kept] = [maps().watch(), cluster.api(CoreV1).secrets.in("default").watch()].map((watch) =>
      watch[Symbol.asyncIterator](),
    );
    const [broken, other] = [rejection(cut!.next() as Promise<unknown>), kept!.next()];
    await expect.poll(() => api.requests().filter(({ verb }) => verb === "watch")).toHaveLength(2);
    await expect.poll(() => api.faults.disconnect({ resource: "configmaps" })).toBe(1);
    expect(await broken).toBeInstanceOf(ConnectionError);
    await cluster
      .api(CoreV1)
      .secrets.in("default")
      .create({ metadata: { name: "a" } });
    expect((await other).value).toMatchObject({ type: "ADDED" });
    await kept!.return?.();
  });

  test("after GOAWAY, the client goes on over another connection", async () => {
    api.faults.on({ verb: "list" }).once().goAway();
    for (let i = 0; i < 3; i++) expect((await maps().list()).items).toEqual([]);
  });
});
