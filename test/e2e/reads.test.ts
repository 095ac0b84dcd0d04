import { isExpired, isNotFound } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { beforeAll, describe, expect, test } from "vitest";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster();
const own = ownNamespace(held);
const core = (): CoreV1 => held.cluster.api(CoreV1);
const configMaps = () => core().configMaps.in(own.namespace);
const many = 1000;

beforeAll(async () => {
  const indices = Array.from({ length: many }, (_, i) => i);
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let i = indices.pop(); i !== undefined; i = indices.pop()) {
        const labels = { parity: i % 2 === 0 ? "even" : "odd", tier: `t${i % 10}` };
        await configMaps().create({ metadata: { name: `many-${i}`, labels }, data: { index: String(i) } });
      }
    }),
  );
}, 60_000);

describe("1,000 objects", () => {
  test("1,000 objects are read in pages of 100", async () => {
    const names = new Set<string>();
    let pages = 0;
    let next: string | undefined;
    do {
      const page = await configMaps().list({ limit: 100, labelSelector: "parity", continue: next });
      expect(page.items.length).toBeLessThanOrEqual(100);
      for (const { metadata } of page.items) names.add(metadata.name);
      next = page.metadata.continue;
      pages += 1;
    } while (next);
    expect([names.size, pages]).toEqual([many, 10]);
  });

  test("are streamed by each, which can be left early", async () => {
    let sum = 0;
    for await (const { data, kind, apiVersion } of configMaps().each({ limit: 150, labelSelector: "parity" })) {
      expect([kind, apiVersion]).toEqual(["ConfigMap", "v1"]);
      sum += Number(data?.["index"]);
    }
    expect(sum).toBe((many * (many - 1)) / 2);
    let seen = 0;
    for await (const _ of configMaps().each({ limit: 10 })) if (++seen === 15) break;
    expect(seen).toBe(15);
  });

  test("a continue token from nowhere is a typed error", async () => {
    const error: unknown = await configMaps()
      .list({ limit: 10, continue: "nonsense" })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "StatusError", statusCode: 400 });
    expect(isExpired(error)).toBe(false);
  });

  test.each([
    ["a map", { parity: "even", tier: "t2" }, 100],
    ["text", "parity=even,tier in (t2,t4)", 200],
    [
      "matchExpressions",
      {
        matchExpressions: [
          { key: "tier", operator: "NotIn", values: ["t1"] },
          { key: "parity", operator: "Exists" },
        ],
      },
      900,
    ],
    ["nothing matches", "parity=neither", 0],
  ])("label selector by %s", async (_, labelSelector, count) => {
    expect((await configMaps().list({ labelSelector })).items).toHaveLength(count);
  });

  test("field selectors by map and by text select the same", async () => {
    expect((await configMaps().list({ fieldSelector: { "metadata.name": "many-7" } })).items).toHaveLength(1);
    expect(
      (
        await core().configMaps.list({
          fieldSelector: `metadata.namespace=${own.namespace},metadata.name!=many-7`,
          labelSelector: "parity",
        })
      ).items,
    ).toHaveLength(many - 1);
  });
});

describe("other representations", () => {
  test("metadata gives the same objects without their data", async () => {
    const { items } = await configMaps().metadata.list({ labelSelector: "tier=t3", limit: 5 });
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({
      apiVersion: "meta.k8s.io/v1",
      kind: "PartialObjectMetadata",
      metadata: { labels: { tier: "t3" } },
    });
    expect(items[0]).not.toHaveProperty("data");
    const one = await configMaps().metadata.get("many-1");
    expect(one.metadata.labels).toEqual({ parity: "odd", tier: "t1" });
    expect(one).not.toHaveProperty("data");
    let across = 0;
    for await (const { metadata } of core().configMaps.metadata.each({ labelSelector: "parity=odd", limit: 200 })) {
      if (metadata.namespace === own.namespace) across += 1;
    }
    expect(across).toBe(many / 2);
  });

  test("a table has the columns that kubectl shows", async () => {
    const table = await configMaps().table({ labelSelector: "tier=t1,parity=odd", limit: 3 });
    expect(table).toMatchObject({ kind: "Table", apiVersion: "meta.k8s.io/v1" });
    expect(table.columnDefinitions.map(({ name }) => name)).toEqual(["Name", "Data", "Age"]);
    expect(table.rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
      ["many-1", 1],
      ["many-101", 1],
      ["many-11", 1],
    ]);
  });
});

describe("watch", () => {
  test("says what happens from a resourceVersion on, bookmarks too, and ends when the server ends it", async () => {
    const { metadata } = await configMaps().list({ limit: 1 });
    await configMaps().create({ metadata: { name: "watched" } });
    await configMaps().patch("watched", { merge: { data: { a: "1" } } });
    await configMaps().delete("watched");
    const seen: string[] = [];
    const watch = configMaps().watch({
      resourceVersion: metadata.resourceVersion,
      fieldSelector: { "metadata.name": "watched" },
      allowWatchBookmarks: true,
      timeoutSeconds: 2,
    });
    for await (const event of watch)
      if (event.type !== "BOOKMARK") seen.push(`${event.type} ${event.object.kind} ${event.object.metadata.name}`);
    expect(seen).toEqual(["ADDED ConfigMap watched", "MODIFIED ConfigMap watched", "DELETED ConfigMap watched"]);
  });

  test("initial events end with an annotated bookmark", async () => {
    const names: string[] = [];
    const watch = configMaps().watch({
      labelSelector: "tier=t5,parity=odd",
      sendInitialEvents: true,
      allowWatchBookmarks: true,
      resourceVersionMatch: "NotOlderThan",
    });
    for await (const event of watch) {
      if (event.type === "BOOKMARK") {
        expect(event.object.metadata.annotations).toEqual({ "k8s.io/initial-events-end": "true" });
        break;
      }
      names.push(event.object.metadata.name);
    }
    expect(names).toHaveLength(100);
  });

  test("across namespaces, of metadata only; an abort ends it with its own reason", async () => {
    const controller = new AbortController();
    const reason = new Error("seen enough");
    const watching = (async () => {
      for await (const event of core().configMaps.metadata.watch({
        labelSelector: "tier=t9",
        signal: controller.signal,
      })) {
        expect(event.object).not.toHaveProperty("data");
        controller.abort(reason);
      }
    })();
    await expect(watching).rejects.toBe(reason);
  });

  test("of something that is not there is a typed error", async () => {
    const nothing = held.cluster.resource({
      group: "none.example.com",
      version: "v1",
      plural: "nothings",
      kind: "Nothing",
      namespaced: true,
    });
    const first = nothing.watch()[Symbol.asyncIterator]().next();
    expect(isNotFound(await first.catch((error: unknown) => error))).toBe(true);
  });
});
