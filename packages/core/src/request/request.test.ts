import { describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";
import { nearest } from "../input/nearest.ts";

function setUp() {
  const transport = recordingTransport(() => ({ json: { metadata: { name: "w" }, items: [] } }));
  const cluster = createCluster({ transport, namespace: "home", userAgent: "test" });
  return { cluster, widgets: cluster.resource<KubernetesObject>(descriptor).in(), requests: transport.requests };
}

test("an empty selector is none; a limit of nothing is said", async () => {
  const { widgets, requests } = setUp();
  await widgets.list({ labelSelector: "", fieldSelector: "", limit: 0, resourceVersion: "" });
  expect(requests[0]?.query).toBe("limit=0&resourceVersion=");
});

test("a field manager may have 128 characters; every option of a delete stands in its body", async () => {
  const { widgets, requests } = setUp();
  const fieldManager = "m".repeat(128);
  await widgets.create({}, { fieldManager });
  await widgets.delete("w", { orphanDependents: true, ignoreStoreReadErrorWithClusterBreakingPotential: true });
  expect(requests[0]?.query).toBe(`fieldManager=${fieldManager}`);
  expect(JSON.parse(requests[1]?.body as string)).toEqual({
    apiVersion: "v1",
    kind: "DeleteOptions",
    orphanDependents: true,
    ignoreStoreReadErrorWithClusterBreakingPotential: true,
  });
});

test("an empty namespace or name in an object is none, as for the API server", async () => {
  const { widgets, requests } = setUp();
  await widgets.update({ kind: "", metadata: { name: "w", namespace: "", resourceVersion: "1" } });
  expect(requests[0]?.body).toBe(
    '{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"home","resourceVersion":"1"}}',
  );
});

async function firstOf(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) return;
}

describe("what is refused before it is sent", () => {
  const { cluster, widgets, requests } = setUp();
  test.each<[string, () => unknown, string]>([
    ["an empty field manager", () => widgets.create({}, { fieldManager: "" }), "fieldManager"],
    ["a field manager that is too long", () => widgets.create({}, { fieldManager: "m".repeat(129) }), "fieldManager"],
    ["a field manager of two lines", () => widgets.create({}, { fieldManager: "a\nb" }), "fieldManager"],
    ["null as object", () => widgets.create(null as never), "object: it must be an object, not null"],
    ["text as object", () => widgets.create("w" as never), "object: it must be an object, not text"],
    ["metadata as text", () => widgets.create({ metadata: "w" } as never), "metadata: it must be an object"],
    [
      "a patch for another namespace",
      () => widgets.patch("w", { merge: { metadata: { namespace: "a" } } }),
      "metadata.namespace",
    ],
    ["a patch of another version", () => widgets.patch("w", { merge: { apiVersion: "a/v1" } }), "apiVersion"],
    ["a timeout as text", () => widgets.get("w", { timeoutMs: "5" as never }), "timeoutMs"],
    ["null as options", () => widgets.get("w", null as never), "Invalid options: it must be an object, not null"],
    ["a list as options", () => widgets.list([] as never), "Invalid options: it must be an object, not a list"],
    ["text as options", () => widgets.delete("w", "now" as never), "Invalid options: it must be an object, not text"],
    [
      "a class as options",
      () => cluster.version(new Headers() as never),
      "options: it must be a plain object, not a Headers",
    ],
    ["null as options of a stream", () => firstOf(widgets.watch(null as never)), "Invalid options: "],
    ["a wrong signal of a stream", () => firstOf(widgets.each({ signal: {} as never })), "Invalid signal: "],
    [
      "a controller as signal",
      () => widgets.get("w", { signal: new AbortController() as never }),
      "signal: it must be an AbortSignal, not an AbortController; pass its signal",
    ],
    ["a wrong signal of discovery", () => cluster.discovery.groups({ signal: true as never }), "Invalid signal: "],
    ["overwrite as text", () => widgets.update({ metadata: { name: "w" } }, { overwrite: "no" as never }), "overwrite"],
    ["attempts as text", () => widgets.modify("w", () => {}, { attempts: "2" as never }), "attempts"],
    ["no change to make", () => widgets.modify("w", undefined as never), "change: it must be a function that changes"],
    ["orphans as text", () => widgets.delete("w", { orphanDependents: "true" as never }), "orphanDependents"],
    [
      "a namespace of null",
      () => cluster.resource(descriptor).in(null as never),
      "namespace: it must be text, not null",
    ],
    ["a group that is none", () => cluster.api({} as never), "group: it must be a group such as CoreV1, imported from"],
    ["no group", () => cluster.api(undefined as never), "group: it must be a group such as CoreV1"],
    ["an empty descriptor", () => cluster.resource({} as never), "descriptor.group: it must be text, not undefined"],
    [
      "a descriptor without scope",
      () => cluster.resource({ ...descriptor, namespaced: undefined } as never),
      "descriptor.namespaced: it must be true or false, not undefined",
    ],
    ["a query of null", () => cluster.find(null as never), "query: it must be an object, not null"],
    [
      "a promise as object",
      () => widgets.create(Promise.resolve({}) as never),
      "object: it must be a plain object, not a promise",
    ],
    [
      "a Map as labels",
      () => widgets.create({ metadata: { labels: new Map() as never } }),
      "object.metadata.labels: is a Map",
    ],
    ["an object with a toJSON", () => widgets.create({ toJSON: () => ({}) } as never), "object: it has a toJSON"],
    [
      "text instead of a request",
      () => cluster.request("/readyz" as never),
      'request: it must be an object such as { path: "/readyz" }',
    ],
    [
      "an object as body",
      () => cluster.request({ path: "/", method: "POST", body: {} as never }),
      "body: it must be text, a Uint8Array or { length, chunks }, not an object; write it as JSON.stringify(…)",
    ],
    [
      "other bytes as body",
      () => cluster.request({ path: "/", body: new ArrayBuffer(1) as never }),
      "body: it must be",
    ],
    ["a list as method", () => cluster.request({ path: "/", method: ["GET"] as never }), "method: it must be text"],
    [
      "Headers as headers",
      () => cluster.request({ path: "/", headers: new Headers() as never }),
      "headers: it must be a plain object, not a Headers",
    ],
    [
      "a number as header",
      () => cluster.request({ path: "/", headers: { a: 1 as never } }),
      "header a: it must be a list of texts",
    ],
    ["NaN as parameter", () => cluster.request({ path: "/", query: { a: Number.NaN } }), "query.a: it must be text"],
    [
      "groups as text",
      () => cluster.version({ impersonate: { user: "u", groups: "g" as never } }),
      "impersonate.groups",
    ],
    [
      "a typo in impersonate",
      () => cluster.version({ impersonate: { user: "u", group: ["g"] } as never }),
      "did you mean impersonate.groups?",
    ],
    ["impersonation of nobody", () => cluster.version({ impersonate: { user: 7 as never } }), "impersonate.user"],
  ])("%s", async (_, act, message) => {
    const error: unknown = await Promise.resolve()
      .then(act)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
    expect(requests).toEqual([]);
  });
});

test("headers: a tab may stand in a value; extra keys are escaped byte by byte, those without values left out", async () => {
  const { cluster, requests } = setUp();
  const extra = { "a\tb/ü": ["1"], empty: [] };
  await cluster.request({ path: "/", headers: { a: "b\tc" }, impersonate: { user: "u", groups: [], extra } });
  expect(requests[0]?.headers).toEqual({
    a: ["b\tc"],
    "impersonate-user": ["u"],
    "impersonate-extra-a%09b%2f%c3%bc": ["1"],
    "user-agent": ["test"],
  });
});

test.each([
  ["Pd", ["Pod", "Node"], "Pod"],
  ["LABELSELECTER", ["labelSelector", "fieldSelector"], "labelSelector"],
  ["metadta", ["data", "metadata"], "metadata"],
  ["limit", ["timeoutMs"], undefined],
  ["abcdefghi", ["abcxyzghi", "abcwxyzhi"], "abcxyzghi"],
  ["abcdefghi", ["abcwxyzhi"], undefined],
])("nearest to %s of %j", (word, candidates, found) => {
  expect(nearest(word, candidates)).toBe(found);
});
