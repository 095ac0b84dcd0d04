import { describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";
import { nearest } from "./nearest.ts";

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

test("field managers of 128 characters; every option of a delete in its body", async () => {
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

describe("refused", () => {
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
