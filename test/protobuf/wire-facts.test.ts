import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { bytesAt, enveloped, fieldsOf, framed, textAt } from "../support/protobuf-wire.ts";
import { eventually } from "../support/eventually.ts";
import { rawApi, type RawAnswer, type RawApi } from "../support/raw-api.ts";
import { defineWidgets } from "../history/widgets.ts";

// What the API server does, without the library: what all of it is built on. A new version of Kubernetes that does otherwise fails here.

const protobuf = "application/vnd.kubernetes.protobuf";
const accept = `${protobuf},application/json`;
let namespace = "";
let path = "";
const apis: RawApi[] = [];

function open(accepts: string): RawApi {
  const { server, caFile, admin } = inject("controlPlane");
  const api = rawApi({ server, caFile, token: admin.token, accept: accepts });
  apis.push(api);
  return api;
}
const api = open(accept);
const json = open("application/json");

beforeAll(async () => {
  const { text } = await json.send("POST", "/api/v1/namespaces", { metadata: { generateName: "wire-" } });
  namespace = (JSON.parse(text) as { metadata: { name: string } }).metadata.name;
  path = `/api/v1/namespaces/${namespace}/configmaps`;
  await json.send("POST", path, { metadata: { name: "a" }, data: { text: "1" } });
  await defineWidgets([json]);
});
afterAll(async () => {
  await json.send("DELETE", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com");
  await json.send("DELETE", `/api/v1/namespaces/${namespace}`);
  for (const one of apis) one.close();
});

const typeOf = ({ headers }: RawAnswer): unknown => headers["content-type"];

/** A Status in protobuf: its reason and code. */
function statusOf({ bytes }: RawAnswer): readonly unknown[] {
  const { apiVersion, kind, raw } = enveloped(bytes);
  return [apiVersion, kind, textAt(raw, 4), Number(fieldsOf(raw).find(([number]) => number === 6)?.[1])];
}

describe("who accepts protobuf and JSON is answered", () => {
  test("in protobuf for what is built in, in the envelope", async () => {
    const one = await api.send("GET", `${path}/a`);
    expect(typeOf(one)).toBe(protobuf);
    const { apiVersion, kind, raw } = enveloped(one.bytes);
    expect([apiVersion, kind, textAt(raw, 1, 1)]).toEqual(["v1", "ConfigMap", "a"]);
    expect([textAt(raw, 2, 1), textAt(raw, 2, 2)]).toEqual(["text", "1"]);
    const list = enveloped((await api.send("GET", `${path}?fieldSelector=metadata.name%3Da`)).bytes);
    expect([list.apiVersion, list.kind]).toEqual(["v1", "ConfigMapList"]);
    // Items are bare.
    expect(Buffer.from(bytesAt(list.raw, 2)).equals(raw)).toBe(true);
  });

  test("in frames by a watch, each with an envelope of its own", async () => {
    const frames: Buffer[] = [];
    const query = "watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan";
    const watch = await api.watch(`${path}?${query}`, (part) => frames.push(part));
    const isEnd = (frame: Buffer): boolean => framed(frame).type === "BOOKMARK";
    await eventually(() => frames.some(isEnd) || undefined, "the collection is told");
    watch.close();
    expect(watch.headers["content-type"]).toBe(`${protobuf};stream=watch`);
    const events = frames.map((frame) => framed(frame));
    expect(events.map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual(events.map(() => ["v1", "ConfigMap"]));
    const added = events.filter(({ type }) => type === "ADDED");
    expect(added.map(({ raw }) => textAt(raw, 1, 1))).toContain("a");
    const end = events.find(({ type }) => type === "BOOKMARK");
    expect([textAt(end!.raw, 1, 12, 1), textAt(end!.raw, 1, 12, 2)]).toEqual(["k8s.io/initial-events-end", "true"]);
  });

  test("an ERROR frame holds a Status", async () => {
    const frames: Buffer[] = [];
    const future = `${path}?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan`;
    const refused = await api.watch(`${future}&resourceVersion=999999999`, (part) => frames.push(part));
    await refused.ended;
    expect(refused.status).toBe(200);
    const { type, apiVersion, kind, raw } = framed(frames.at(-1) as Buffer);
    expect([type, apiVersion, kind, textAt(raw, 4)]).toEqual(["ERROR", "v1", "Status", "Timeout"]);
  });

  test("a failure in protobuf", async () => {
    const missing = await api.send("GET", `${path}/none`);
    expect([missing.status, typeOf(missing), statusOf(missing)]).toEqual([
      404,
      protobuf,
      ["v1", "Status", "NotFound", 404],
    ]);
  });

  test("a custom resource in JSON, its failure in protobuf, its metadata in protobuf", async () => {
    const widgets = `/apis/example.com/v1/namespaces/${namespace}/widgets`;
    const list = await api.send("GET", widgets);
    expect([list.status, typeOf(list)]).toEqual([200, "application/json"]);
    const missing = await api.send("GET", `${widgets}/none`);
    expect([typeOf(missing), statusOf(missing)]).toEqual([protobuf, ["v1", "Status", "NotFound", 404]]);
    const as = "as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    const partial = await open(`${protobuf};${as},application/json;${as}`).send("GET", widgets);
    expect([partial.status, typeOf(partial), enveloped(partial.bytes).kind]).toEqual([
      200,
      protobuf,
      "PartialObjectMetadataList",
    ]);
    // The failure of such a question in JSON.
    const none = await open(`${protobuf};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`).send("GET", `${widgets}/none`);
    expect([none.status, typeOf(none)]).toEqual([404, "application/json"]);
    const only = await open(protobuf).send("GET", widgets);
    expect([only.status, statusOf(only)]).toEqual([406, ["v1", "Status", "NotAcceptable", 406]]);
  });

  test("a Table in JSON", async () => {
    const as = "as=Table;g=meta.k8s.io;v=v1";
    const only = await open(`${protobuf};${as}`).send("GET", path);
    expect([only.status, typeOf(only)]).toEqual([406, "application/json"]);
    expect(typeOf(await open(`${protobuf};${as},application/json;${as}`).send("GET", path))).toBe("application/json");
  });

  test("the version and an unknown path as ever", async () => {
    expect(typeOf(await api.send("GET", "/version"))).toBe("application/json");
    const nothing = await api.send("GET", "/nothing");
    expect([nothing.status, typeOf(nothing)]).toEqual([404, "text/plain; charset=utf-8"]);
  });
});

test("PATCH takes no protobuf", async () => {
  const refused = await api.send("PATCH", `${path}/a`, {}, protobuf);
  expect([refused.status, statusOf(refused)]).toEqual([415, ["v1", "Status", "UnsupportedMediaType", 415]]);
});
