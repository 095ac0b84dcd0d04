import { readFileSync } from "node:fs";
import {
  type ApiRequest,
  type Cluster,
  type Codec,
  createCluster,
  type EncodingOptions,
  type Interceptor,
} from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { informer } from "@kubewright/runtime";
import { isNotFound } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { createCodec } from "../../packages/protobuf/src/codec/create-codec.ts";
import { plansOf } from "../../packages/protobuf/src/decode/plans.ts";
import { kinds, messages } from "../../packages/protobuf/src/gen/table.ts";
import { protobuf } from "../../packages/protobuf/src/index.ts";
import { createSchema } from "../../packages/protobuf/src/schema/schema.ts";
import { adminCluster, ownNamespace } from "../e2e/support.ts";

const held = adminCluster({ encoding: { read: "json" } });
const own = ownNamespace(held);

/** A codec whose schema has no `immutable` in ConfigMaps: the server is newer than it. */
function olderCodec(): Codec {
  const index = kinds["v1 ConfigMap"]!;
  const older = messages.map((text, at) => (at === index ? text.replace(" immutable?:b", "") : text));
  expect(older[index]).not.toBe(messages[index]);
  const schema = createSchema(older, kinds);
  return createCodec(schema, plansOf(schema));
}

const short = (type: string | undefined): string => type?.replace(/^application\/(?:vnd\.kubernetes\.)?/, "") ?? "";

/** A connection as the admin with any codec, and the content types of what it sent and was answered. */
function connected(codec: Codec, encoding: EncodingOptions = {}) {
  const { server, caFile, admin } = inject("controlPlane");
  const answers: string[] = [];
  const bodies: string[] = [];
  const warnings: string[] = [];
  const watching: Interceptor = (next) => async (request) => {
    const headers: ApiRequest["headers"] = { ...request.headers, authorization: [`Bearer ${admin.token}`] };
    const response = await next({ ...request, headers });
    answers.push(`${request.verb} ${short(response.headers.get("content-type"))}`);
    if (request.body !== undefined) bodies.push(short(headers["content-type"]?.join()));
    return response;
  };
  const cluster: Cluster = createCluster({
    transport: createNodeTransport({ server, ca: readFileSync(caFile, "utf8") }),
    interceptors: [watching],
    protobuf: () => codec,
    encoding,
    onWarning: (text) => warnings.push(text),
  });
  onTestFinished(() => cluster.close());
  return { configMaps: cluster.api(CoreV1).configMaps.in(own.namespace), cluster, answers, bodies, warnings };
}

const asJson = () => held.cluster.api(CoreV1).configMaps.in(own.namespace);

const labelSelector = "of=test";

/** Makes ConfigMaps; the older schema does not know those whose names begin with `new`. */
async function make(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const immutable = name.startsWith("new") ? { immutable: true } : undefined;
    await asJson().create({ metadata: { name, labels: { of: "test" } }, data: { a: "1" }, ...immutable });
  }
}

/** The collection without its version: others write to the server between two reads. */
function unversioned(list: { readonly metadata?: { readonly resourceVersion?: string } }): object {
  return { ...list, metadata: { ...list.metadata, resourceVersion: typeof list.metadata?.resourceVersion } };
}

afterEach(async () => {
  await asJson().deleteCollection({ labelSelector });
});

describe("a server that is as old as the schema", () => {
  test("answers in protobuf what it answers in JSON", async () => {
    await make("a", "new-b");
    const { configMaps, answers, warnings } = connected(protobuf, { read: "protobuf" });
    const list = await asJson().list({ labelSelector });
    expect(unversioned(await configMaps.list({ labelSelector }))).toEqual(unversioned(list));
    expect(await configMaps.get("a")).toEqual(list.items[0]);
    const metadata = await configMaps.metadata.list({ labelSelector });
    expect(unversioned(metadata)).toEqual(unversioned(await asJson().metadata.list({ labelSelector })));
    const table = await configMaps.table({ labelSelector });
    expect(unversioned(table)).toEqual(unversioned(await asJson().table({ labelSelector })));
    const missing: unknown = await configMaps.get("c").catch((error: unknown) => error);
    expect(isNotFound(missing)).toBe(true);
    expect(String(missing)).toContain('configmaps "c" not found');
    expect(answers).toEqual(["list protobuf", "get protobuf", "list protobuf", "list json", "get protobuf"]);
    expect(warnings).toEqual([]);
  });

  test("takes writes in protobuf, and answers in JSON", async () => {
    const { configMaps, answers, bodies } = connected(protobuf, { write: "protobuf" });
    const metadata = { name: "w", labels: { of: "test" } };
    const made = await configMaps.create({ metadata, data: { a: "1" }, binaryData: { b: "AP8=" } });
    const changed = await configMaps.update({ ...made, data: { a: "2" } });
    expect(await asJson().get("w")).toEqual(changed);
    expect(changed).toMatchObject({ data: { a: "2" }, binaryData: { b: "AP8=" } });
    expect(bodies).toEqual(["protobuf", "protobuf"]);
    expect(answers).toEqual(["create json", "update json"]);
  });
});

describe("a server that is newer than the schema", () => {
  const sentence =
    "From now on, configmaps in v1 are read as JSON: this version of Kubewright does not know field 4 of ConfigMap, which the " +
    "server sends; upgrade Kubewright to read them in protobuf again";

  test("is asked again for a list, and for one object", async () => {
    await make("a", "new-b");
    const { configMaps, answers, warnings } = connected(olderCodec(), { read: "protobuf" });
    expect(await configMaps.get("a")).toEqual(await asJson().get("a"));
    expect(await configMaps.get("new-b")).toEqual(await asJson().get("new-b"));
    expect(unversioned(await configMaps.list({ labelSelector }))).toEqual(
      unversioned(await asJson().list({ labelSelector })),
    );
    expect(answers).toEqual(["get protobuf", "get protobuf", "get json", "list json"]);
    expect(warnings).toEqual([sentence]);
  });

  test("is watched on from the event before", async () => {
    const { metadata } = await asJson().list({ labelSelector });
    await make("a", "new-b", "c");
    const { configMaps, answers, warnings } = connected(olderCodec());
    const told: string[] = [];
    for await (const { object } of configMaps.watch({ resourceVersion: metadata.resourceVersion, labelSelector })) {
      told.push((object.metadata as { readonly name: string }).name);
      if (told.length === 3) break;
    }
    expect(told).toEqual(["a", "new-b", "c"]);
    expect(answers).toEqual(["watch protobuf;stream=watch", "watch json"]);
    expect(warnings).toEqual([sentence]);
  });

  test("fills an informer, from the start and while it follows", async () => {
    await make("a", "new-b");
    const { configMaps, answers, warnings } = connected(olderCodec());
    await using cache = informer(configMaps, { labelSelector });
    await cache.synced();
    expect(cache.get("new-b")).toMatchObject({ immutable: true });
    expect(answers).toEqual(["watch protobuf;stream=watch", "watch json"]);
    expect(warnings).toEqual([sentence]);
    for (const name of ["a", "new-b"]) await asJson().delete(name);

    await make("a");
    const other = connected(olderCodec());
    await using following = informer(other.configMaps, { labelSelector });
    await following.synced();
    await make("new-b");
    const { metadata } = await asJson().get("new-b");
    await following.atLeast(metadata.resourceVersion);
    expect(following.get("new-b")).toMatchObject({ immutable: true });
    expect(following.size).toBe(2);
    expect(other.answers).toEqual(["watch protobuf;stream=watch", "watch json"]);
    expect(following.health.restarts).toBe(0);
  });

  test("is written to as JSON, where a body is beyond the schema", async () => {
    const { configMaps, bodies } = connected(olderCodec(), { write: "protobuf" });
    const metadata = { name: "x", labels: { of: "test" } };
    const { immutable, ...made } = await configMaps.create({ metadata, data: { a: "1" }, immutable: false });
    expect(immutable).toBe(false);
    expect(await configMaps.update({ ...made, data: { a: "2" } })).toMatchObject({
      data: { a: "2" },
    });
    expect(bodies).toEqual(["json", "protobuf"]);
  });
});
