import { ConnectionError, createCluster, isExpired, isTooManyRequests, retry, type Cluster } from "@kubewright/core";
import { CoreV1, type ConfigMap } from "@kubewright/api/core/v1";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { createVirtualClock, type VirtualClock } from "../node/virtual-clock.ts";
import { createApiServer } from "../serving/create-api-server.ts";
import type { ApiServerHeart } from "../serving/heart.ts";

let clock: VirtualClock;
let api: ApiServerHeart;
let cluster: Cluster;
beforeEach(() => {
  clock = createVirtualClock();
  api = createApiServer({ controllers: false, clock });
  cluster = createCluster({
    transport: api.transport(),
    fieldManager: "test",
    clock,
    interceptors: [retry(undefined, clock)],
  });
});
afterEach(async () => {
  await cluster.close();
  api.close();
});

const maps = () => cluster.api(CoreV1).configMaps.in("default");
const create = (name: string) => maps().create({ metadata: { name } });

describe("which requests", () => {
  test("a rule strikes what it is for, as often as it says", async () => {
    await create("a");
    const fault = api.faults.on({ verb: "get", resource: "configmaps" }).after(1).times(2).status(409);
    await maps().get("a");
    expect(await rejection(maps().get("a"))).toMatchObject({ statusCode: 409, reason: "Conflict" });
    await maps().list();
    expect(await rejection(maps().get("a"))).toMatchObject({ statusCode: 409 });
    await maps().get("a");
    expect(fault.hits).toBe(2);
  });

  test("a rule ends, and all do", async () => {
    await create("a");
    const fault = api.faults.on().status(409);
    await rejection(maps().get("a"));
    fault.end();
    await maps().get("a");
    api.faults.on({ name: "a" }).status(409);
    api.faults.clear();
    await maps().get("a");
  });

  test("chance is the clock's, so that it repeats", async () => {
    await create("a");
    const fault = api.faults.on({ verb: "get" }).chance(0.5).status(409);
    const outcomes: boolean[] = [];
    for (let i = 0; i < 20; i++)
      outcomes.push(
        await maps()
          .get("a")
          .then(
            () => true,
            () => false,
          ),
      );
    expect(fault.hits).toBe(outcomes.filter((fine) => !fine).length);
    expect(new Set(outcomes).size).toBe(2);
  });

  test.each([
    [{ verb: "read" }, /verb.*get, list/],
    [{ resource: "pod" }, /did you mean pods\?/],
    [{ resource: "lamps.example.com" }, /does not serve/],
    [{ resources: "pods" }, /faults are told by verb, resource/],
  ])("what could never strike is refused: %o", (subject, text) => {
    expect(() => api.faults.on(subject as object)).toThrow(text);
  });

  test("numbers that mean nothing are refused", () => {
    expect(() => api.faults.on().times(-1)).toThrow("give a whole number");
    expect(() => api.faults.on().chance(2)).toThrow("from 0 to 1");
    expect(() => api.faults.on().delay(Number.NaN)).toThrow("milliseconds");
    expect(() => api.faults.on().status(200)).toThrow("no error");
  });
});

describe("what happens", () => {
  test("a refusal with Retry-After is waited out by the client", async () => {
    await create("a");
    const fault = api.faults.on({ verb: "get" }).once().status(429, { retryAfterSeconds: 7 });
    const before = clock.now();
    expect(await clock.run(maps().get("a"))).toMatchObject({ metadata: { name: "a" } });
    expect(Math.floor((clock.now() - before) / 1000)).toBe(7);
    expect(fault.hits).toBe(1);
    api.faults.on({ verb: "get" }).status(429);
    expect(isTooManyRequests(await rejection(clock.run(maps().get("a"))))).toBe(true);
  });

  test("delays add up, and one without end goes on at its rule's end", async () => {
    await create("a");
    api.faults.on({ verb: "get" }).once().delay(2000);
    api.faults.on({ verb: "get" }).once().delay(3000);
    const before = clock.now();
    await clock.run(maps().get("a"));
    expect(clock.now() - before).toBe(5000);
    const held = api.faults.on({ verb: "get" }).delay(Infinity);
    const answer = maps().get("a");
    await clock.settle();
    held.end();
    expect(await answer).toMatchObject({ metadata: { name: "a" } });
  });

  test("a request that is dropped was not carried out, one whose answer is cut was", async () => {
    api.faults.on({ verb: "create" }).once().drop();
    expect(await rejection(create("a"))).toBeInstanceOf(ConnectionError);
    expect((await maps().list()).items).toEqual([]);
    api.faults.on({ verb: "create" }).once().cut({ bytes: 10 });
    expect(await rejection(create("a"))).toBeInstanceOf(ConnectionError);
    expect((await maps().list()).items).toHaveLength(1);
  });

  test("a body that stalls goes on at the rule's end", async () => {
    await create("a");
    const fault = api.faults.on({ verb: "list" }).once().stall({ bytes: 20 });
    let done = false;
    const list = maps().list();
    void list.then(() => (done = true));
    await clock.settle();
    expect(done).toBe(false);
    fault.end();
    expect((await list).items).toHaveLength(1);
  });

  test("events of a watch that runs are left out and repeated", async () => {
    const events = maps().watch()[Symbol.asyncIterator]();
    const next = async (): Promise<string | undefined> =>
      ((await events.next()).value?.object as ConfigMap | undefined)?.metadata?.name;
    const first = next();
    await create("a");
    expect(await first).toBe("a");
    api.faults.on({ verb: "watch" }).once().skipEvent();
    await create("b");
    await create("c");
    expect(await next()).toBe("c");
    api.faults.on({ resource: "configmaps" }).once().repeatEvent();
    await create("d");
    expect([await next(), await next()]).toEqual(["d", "d"]);
    await events.return?.();
  });

  test("watches that run are broken", async () => {
    const events = maps().watch()[Symbol.asyncIterator]();
    const first = events.next();
    await create("a");
    await first;
    const next = rejection(events.next() as Promise<unknown>);
    expect(api.faults.disconnect({ resource: "secrets" })).toBe(0);
    expect(api.faults.disconnect({ verb: "watch" })).toBe(1);
    expect(await next).toBeInstanceOf(ConnectionError);
  });

  test("after compaction, what began before cannot go on", async () => {
    await create("a");
    await create("b");
    const page = await maps().list({ limit: 1 });
    await create("c");
    api.faults.compact();
    const { resourceVersion, continue: token } = page.metadata;
    expect(isExpired(await rejection(maps().list({ limit: 1, continue: token! })))).toBe(true);
    const watch = maps().watch({ resourceVersion: resourceVersion! })[Symbol.asyncIterator]();
    expect(isExpired(await rejection(watch.next() as Promise<unknown>))).toBe(true);
  });

  test("stale reads show what was, and their watches catch up", async () => {
    await create("a");
    const fault = api.faults.on({ resource: "configmaps" }).stale();
    const { metadata } = await create("b");
    expect((await maps().list()).items.map((one) => one.metadata.name)).toEqual(["a"]);
    const newer = maps().list({ resourceVersion: metadata.resourceVersion, resourceVersionMatch: "NotOlderThan" });
    expect(await rejection(clock.run(newer))).toMatchObject({ statusCode: 504 });
    const events = maps().watch()[Symbol.asyncIterator]();
    expect(await events.next()).toMatchObject({ value: { type: "ADDED", object: { metadata: { name: "a" } } } });
    const next = events.next();
    await maps().delete("a");
    fault.end();
    expect((await next).value).toMatchObject({ type: "ADDED", object: { metadata: { name: "b" } } });
    expect((await events.next()).value).toMatchObject({ type: "DELETED", object: { metadata: { name: "a" } } });
    await create("c");
    expect((await events.next()).value).toMatchObject({ type: "ADDED", object: { metadata: { name: "c" } } });
    await events.return?.();
    expect((await maps().list()).items.map((one) => one.metadata.name)).toEqual(["b", "c"]);
  });
});
