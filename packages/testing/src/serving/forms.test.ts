import * as protobuf from "@kubewright/protobuf";
import { createCluster, type Cluster } from "@kubewright/core";
import { CoreV1 } from "@kubewright/api/core/v1";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ServerAnswer } from "../exchange/exchange.ts";
import { requestHeaders } from "../exchange/request-headers.ts";
import { createApiServer } from "./create-api-server.ts";
import type { ApiServerHeart } from "./heart.ts";

const inProtobuf = { read: "protobuf", write: "protobuf" } as const;

function connect(api: ApiServerHeart): Cluster {
  return createCluster({ transport: api.transport(), protobuf: () => protobuf.protobuf, encoding: inProtobuf });
}

async function bytesOf({ body }: ServerAnswer): Promise<readonly Uint8Array[]> {
  if (body instanceof Uint8Array) return [body];
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return pieces;
}

function ask(api: ApiServerHeart, path: string, headers: Readonly<Record<string, string>> = {}): Promise<ServerAnswer> {
  return api.serve({
    method: "GET",
    path,
    query: "",
    headers: requestHeaders(headers),
    body: new Uint8Array(),
    signal: new AbortController().signal,
  });
}

describe("a server with the codec of protobuf", () => {
  const encodeWatchEvent = vi.fn<typeof protobuf.encodeWatchEvent>(protobuf.encodeWatchEvent);
  let api: ApiServerHeart;
  let cluster: Cluster;
  beforeEach(() => {
    encodeWatchEvent.mockClear();
    api = createApiServer({ controllers: false, protobuf: () => ({ ...protobuf, encodeWatchEvent }) });
    cluster = connect(api);
  });
  afterEach(() => cluster.close());

  test("reads and writes it: objects, lists, refusals and events", async () => {
    const maps = cluster.api(CoreV1).configMaps.in("default");
    const watch = maps.watch({ resourceVersion: (await maps.list()).metadata.resourceVersion });
    const made = await maps.create({ metadata: { name: "a" }, data: { b: "c" } });
    expect(made).toMatchObject({ kind: "ConfigMap", metadata: { name: "a" }, data: { b: "c" } });
    expect((await maps.list()).items.map(({ data }) => data)).toEqual([{ b: "c" }]);
    await expect(maps.get("b")).rejects.toThrow('configmaps "b" not found');
    for await (const event of watch) {
      expect(event).toEqual({ type: "ADDED", object: made });
      break;
    }
    const sent = api.requests();
    expect(sent.find(({ verb }) => verb === "create")?.headers.get("content-type")).toContain("protobuf");
    for (const { method, headers } of sent) if (method === "GET") expect(headers.get("accept")).toContain("protobuf");
    const pods = await ask(api, "/api/v1/pods", { accept: "application/vnd.kubernetes.protobuf" });
    expect(pods.headers["content-type"]).toEqual(["application/vnd.kubernetes.protobuf"]);
  });

  test("encodes an event once, however many watch it in one form", async () => {
    const maps = cluster.api(CoreV1).configMaps.in("default");
    const { resourceVersion } = (await maps.list()).metadata;
    const watches = Array.from({ length: 5 }, () => maps.watch({ resourceVersion }));
    const firsts = watches.map(async (watch) => {
      for await (const event of watch) return event;
      return undefined;
    });
    await vi.waitUntil(() => api.requests().filter(({ verb }) => verb === "watch").length === 5);
    const made = await maps.create({ metadata: { name: "a" } });
    for (const first of await Promise.all(firsts)) expect(first).toEqual({ type: "ADDED", object: made });
    expect(encodeWatchEvent).toHaveBeenCalledTimes(1);
  });
});

test("a server without the codec is used in JSON by clients that would rather have protobuf", async () => {
  const api = createApiServer({ controllers: false });
  const cluster = connect(api);
  const maps = cluster.api(CoreV1).configMaps.in("default");
  await maps.create({ metadata: { name: "a" } });
  expect((await maps.list()).items).toHaveLength(1);
  await cluster.close();
});

describe("a long list", () => {
  const path = "/api/v1/namespaces/default/configmaps";
  const count = 40;
  let api: ApiServerHeart;
  beforeEach(async () => {
    api = createApiServer({ controllers: false });
    const cluster = connect(api);
    for (let i = 0; i < count; i++)
      await cluster
        .api(CoreV1)
        .configMaps.in("default")
        .create({ metadata: { name: `long-${i}` }, data: { text: "x".repeat(20_000) } });
    await cluster.close();
  });

  test("comes in pieces", async () => {
    const pieces = await bytesOf(await ask(api, path));
    expect(pieces.length).toBeGreaterThan(2);
    const list = JSON.parse(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).text()) as { items: unknown[] };
    expect(list.items).toHaveLength(count);
  });

  test("is compressed for who accepts that, and a short one is not", async () => {
    const plain = await bytesOf(await ask(api, path));
    const answer = await ask(api, path, { "accept-encoding": "deflate, gzip" });
    expect(answer.headers).toMatchObject({ "content-encoding": ["gzip"], vary: ["Accept-Encoding"] });
    const zipped = new Blob((await bytesOf(answer)) as Uint8Array<ArrayBuffer>[]);
    const text = await new Response(zipped.stream().pipeThrough(new DecompressionStream("gzip"))).text();
    expect(text).toBe(await new Blob(plain as Uint8Array<ArrayBuffer>[]).text());
    expect(zipped.size).toBeLessThan(text.length / 10);
    expect((await ask(api, "/api/v1/pods", { "accept-encoding": "gzip" })).headers).not.toHaveProperty(
      "content-encoding",
    );
  });
});
