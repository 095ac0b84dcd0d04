import { connect } from "@kubewright/node";
import { CoreV1 } from "@kubewright/api/core/v1";
import { describe, expect, test } from "vitest";
import { startApiServer } from "./start-api-server.ts";

describe.each(["auto", "http/1.1"] as const)("a server that listens, over %s", (protocol) => {
  test("answers, watches, and ends with its watches open", async () => {
    const api = await startApiServer();
    const cluster = await connect({ server: api.url, ca: api.ca, token: "any", protocol, encoding: { read: "json" } });
    const maps = cluster.api(CoreV1).configMaps.in("home");
    const events = maps.watch()[Symbol.asyncIterator]();
    const first = events.next();
    await maps.create({ metadata: { name: "a" }, data: { b: "c" } });
    expect((await first).value).toMatchObject({ type: "ADDED", object: { metadata: { name: "a" }, data: { b: "c" } } });
    const { items } = await maps.list();
    expect(items.map(({ metadata }) => metadata.name)).toEqual(["a"]);
    const next = events.next().then(
      ({ done }) => done === true,
      () => true,
    );
    await api.close();
    expect(await next).toBe(true);
    await cluster.close();
  });
});
