import { isNotFound, type KubernetesObject } from "@kubewright/core";
import { informer } from "@kubewright/runtime";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownNamespace } from "../e2e/support.ts";
import { rejection } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { expectSame, inBoth, protobufType } from "./both.ts";

const both = inBoth();
const own = ownNamespace({
  get cluster() {
    return both.json;
  },
});
const group = "protobuf.example.com";

interface Gadget extends KubernetesObject {
  spec?: unknown;
}

const gadgets = (which: "json" | "protobuf") =>
  both[which]
    .resource<Gadget>({ group, version: "v1", plural: "gadgets", kind: "Gadget", namespaced: true })
    .in(own.namespace);

beforeAll(async () => {
  const openAPIV3Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  await both.json.api(ApiextensionsV1).customResourceDefinitions.create({
    metadata: { name: `gadgets.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural: "gadgets", kind: "Gadget" },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  });
  await eventually(
    () =>
      gadgets("json")
        .list()
        .catch(() => undefined),
    "gadgets are served",
  );
  for (const name of ["a", "b"])
    await gadgets("protobuf").create({
      metadata: { name, labels: { app: name } },
      spec: { any: ["thing", null, 2 ** 40] },
    });
});
afterAll(() => both.json.api(ApiextensionsV1).customResourceDefinitions.delete(`gadgets.${group}`));

test("its objects are JSON, whatever is asked for, and written as JSON", async () => {
  both.exchanged.length = 0;
  await expectSame(
    () => gadgets("json").get("a"),
    () => gadgets("protobuf").get("a"),
  );
  await expectSame(
    async () => (await gadgets("json").list()).items,
    async () => (await gadgets("protobuf").list()).items,
  );
  const read = await gadgets("protobuf").get("a");
  await gadgets("protobuf").update({ ...read, spec: { other: 1 } });
  expect(new Set(both.exchanged.map(({ answered }) => answered))).toEqual(new Set(["application/json"]));
  expect(both.exchanged.at(-1)).toMatchObject({ verb: "update", sent: "application/json" });
});

test("its metadata is protobuf: one object, lists, pages, watches and informers", async () => {
  both.exchanged.length = 0;
  const [json, protobuf] = [gadgets("json").metadata, gadgets("protobuf").metadata];
  await expectSame(
    () => json.get("a"),
    () => protobuf.get("a"),
  );
  await expectSame(
    async () => (await json.list()).items,
    async () => (await protobuf.list()).items,
  );
  const names: string[] = [];
  for await (const { metadata } of protobuf.each({ limit: 1 })) names.push(metadata.name);
  expect(names).toEqual(["a", "b"]);
  await using cache = informer(protobuf);
  await cache.synced();
  const { metadata } = await gadgets("json").create({ metadata: { name: "c" } });
  await cache.atLeast(metadata.resourceVersion);
  expect(cache.list().map((object) => [object.kind, object.metadata.name])).toEqual(
    ["a", "b", "c"].map((name) => ["PartialObjectMetadata", name]),
  );
  await gadgets("json").delete("c");
  expect(both.exchanged.filter(({ answered }) => answered?.startsWith(protobufType) !== true)).toEqual([]);
});

test("what does not exist is the same error in both encodings, though its Status may come in protobuf", async () => {
  for (const read of [
    (which: "json" | "protobuf") => gadgets(which).get("none"),
    (which: "json" | "protobuf") => gadgets(which).metadata.get("none"),
    (which: "json" | "protobuf") => gadgets(which).list({ resourceVersion: "abc" }),
  ]) {
    const [json, protobuf] = [await rejection(read("json")), await rejection(read("protobuf"))];
    expect({ ...(protobuf as object) }).toEqual({ ...(json as object) });
    expect(String(protobuf)).toBe(String(json));
  }
  expect(isNotFound(await rejection(gadgets("protobuf").get("none")))).toBe(true);
});
