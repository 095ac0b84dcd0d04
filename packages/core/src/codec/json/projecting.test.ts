import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonObjectText, jsonText } from "../../../../../test/support/json-arbitrary.ts";
import { encode } from "../../../../../test/support/text.ts";
import { systemClock } from "../../time/clock.ts";
import type { ApiResponse } from "../../transport/transport.ts";
import type { SelectMask, Wanted } from "../../types/wanted.ts";
import { createCodecs } from "../codecs.ts";
import { json } from "./json.ts";
import { isRawJson, parseJson } from "./parse-json.ts";

const codecs = createCodecs([json], systemClock);
const request = { verb: "list", path: "/api/v1/pods" };

function respond(body: string): ApiResponse {
  return {
    status: 200,
    headers: { get: () => "application/json" },
    discard() {},
    body: {
      async *[Symbol.asyncIterator]() {
        yield encode(body);
      },
    },
  };
}

/** What a list and a watch make of an object: the same. */
async function projected(object: string, wanted: Wanted): Promise<unknown> {
  const list = await codecs.list(respond(`{"metadata":{},"items":[${object}]}`), request, (item) => item, wanted);
  for (const type of ["ADDED", "MODIFIED", "DELETED"]) {
    const events = await codecs.events(respond(`{"type":"${type}","object":${object}}\n`), request, wanted);
    expect(asText((await events.next()).value?.object)).toBe(asText(list.items[0]));
  }
  return list.items[0];
}

/** With the order of fields, `__proto__` and long numbers. */
const asText = (value: unknown): string => JSON.stringify(value);

const identity = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp"];

/** Slow and obvious: which paths stay. */
function stays(path: readonly string[], { managedFields, select }: Wanted): boolean {
  if (path[0] === "metadata" && path[1] === "managedFields") return managedFields;
  if (select === undefined || path[0] === "apiVersion" || path[0] === "kind") return true;
  if (path[0] === "metadata" && (path[1] === undefined || identity.includes(path[1]))) return true;
  let mask: SelectMask | true = select;
  for (const name of path) {
    if (mask === true) return true;
    const below: SelectMask | true | undefined = Object.entries(mask).find(([key]) => key === name)?.[1];
    if (below === undefined) return false;
    mask = below;
  }
  return true;
}

function reference(value: unknown, wanted: Wanted, path: readonly string[] = []): unknown {
  if (typeof value !== "object" || value === null || isRawJson(value)) return value;
  if (Array.isArray(value))
    return value.map((item: unknown) => (Array.isArray(item) ? item : reference(item, wanted, path)));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => stays([...path, name], wanted))
      .map(([name, below]) => [name, reference(below, wanted, [...path, name])]),
  );
}

const names = fc.constantFrom("metadata", "spec", "name", "uid", "labels", "managedFields", "a", "b", "__proto__", "");
const fieldsOf = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .uniqueArray(fc.tuple(names, inner), { maxLength: 6, selector: ([name]) => name })
    .map((fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`);
const listOf = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(inner, { maxLength: 3 }).map((items) => `[${items.join(",")}]`);
const level = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fieldsOf(inner), listOf(inner), inner);
const deep = level(level(jsonText(1)));
const objects = fc
  .oneof(fieldsOf(deep), fieldsOf(fieldsOf(deep)), jsonObjectText(jsonText(3)))
  // No object has a list of metadata.
  .filter((text) => !Array.isArray((JSON.parse(text) as { readonly metadata?: unknown }).metadata));

const masks: fc.Arbitrary<SelectMask> = fc.letrec<{ mask: SelectMask }>((tie) => ({
  mask: fc
    .uniqueArray(fc.tuple(names, fc.oneof({ depthSize: "small" }, fc.constant<true>(true), tie("mask"))), {
      maxLength: 5,
      selector: ([name]) => name,
    })
    .map((fields) => Object.fromEntries(fields)),
})).mask;
const wants = fc.record<Wanted>({
  managedFields: fc.boolean(),
  select: fc.option(masks, { nil: undefined }),
  shareStrings: fc.boolean(),
});

describe("what is wanted of an object", () => {
  test("stays, and nothing else, in lists and watches", async () => {
    await fc.assert(
      fc.asyncProperty(objects, wants, async (object, wanted) => {
        expect(asText(await projected(object, wanted))).toBe(asText(reference(parseJson(object), wanted)));
      }),
      { numRuns: 300 },
    );
  });

  test("what identifies it is always wanted, and managedFields are a choice of their own", async () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "a", namespace: "b", uid: "c", resourceVersion: "1", labels: { d: "e" }, managedFields: [{}] },
      spec: { nodeName: "n", containers: [{ name: "x", image: "y" }, { name: "z" }], overhead: null },
      status: { phase: "Running" },
    };
    const of = (select: SelectMask | undefined, managedFields = false): Promise<unknown> =>
      projected(JSON.stringify(pod), { managedFields, select, shareStrings: true });
    const { labels, managedFields, ...same } = pod.metadata;
    const bare = { apiVersion: "v1", kind: "Pod", metadata: same };
    expect(await of({})).toEqual(bare);
    expect(await of({}, true)).toEqual({ ...bare, metadata: { ...same, managedFields } });
    expect(await of({ metadata: true })).toEqual({ ...bare, metadata: { ...same, labels } });
    expect(await of({ metadata: { labels: true, managedFields: true } })).toEqual({
      ...bare,
      metadata: { ...same, labels },
    });
    expect(await of({ spec: { containers: { image: true }, overhead: { cpu: true }, gone: true } })).toEqual({
      ...bare,
      spec: { containers: [{ image: "y" }, {}], overhead: null },
    });
    expect(await of(undefined)).toEqual({ ...pod, metadata: { ...same, labels } });
    expect(await of(undefined, true)).toEqual(pod);
  });

  test("a bookmark comes whole", async () => {
    const bookmark = { metadata: { resourceVersion: "7", annotations: { "k8s.io/initial-events-end": "true" } } };
    const body = `${JSON.stringify({ type: "BOOKMARK", object: bookmark })}\n`;
    const events = await codecs.events(respond(body), request, {
      managedFields: false,
      select: {},
      shareStrings: true,
    });
    expect((await events.next()).value).toEqual({ type: "BOOKMARK", object: bookmark });
  });
});
