import { readFileSync } from "node:fs";
import { BeyondSchema, type Fields, isRawJson, parseJson, type SelectMask, type Wanted } from "@kubewright/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projecting } from "../../../../test/support/json-projection.ts";
import { envelope, enveloped, frame, type GivenField, message } from "../../../../test/support/protobuf-wire.ts";
import { createCodec } from "../codec/create-codec.ts";
import { protobuf } from "../protobuf.ts";
import { createSchema } from "../schema/schema.ts";
import { plansOf } from "./plans.ts";

interface GoldenCase {
  readonly kind: string;
  readonly json: string;
  readonly protobuf: string;
}

const golden = (
  JSON.parse(readFileSync(new URL("../golden/cases.json", import.meta.url), "utf8")) as readonly GoldenCase[]
)
  .filter(({ kind }) => kind !== "WatchEvent")
  .map(({ json, protobuf: base64 }) => ({ json, bytes: new Uint8Array(Buffer.from(base64, "base64")) }));

const request = { verb: "watch", path: "/api/v1/pods" };

/** What a watch makes of an object. */
async function watched(object: Uint8Array, wanted: Wanted, codec = protobuf): Promise<unknown> {
  const events = codec.decodeEvents(chunk(frame("MODIFIED", object)), request, wanted);
  for await (const event of events) return event.object;
  throw new Error("no event");
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** With `__proto__` and long numbers, in any order of fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner) && !isRawJson(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Paths into an object, lists passed through. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null || isRawJson(value)) return [path];
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, path));
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function maskOf(paths: readonly (readonly string[])[]): SelectMask {
  const keys = new Set(paths.map(([first]) => first ?? ""));
  return Object.fromEntries(
    [...keys].map((key) => {
      const below = paths.filter(([first]) => first === key).map((path) => path.slice(1));
      const longer = below.filter(({ length }) => length > 0);
      return [key, longer.length === 0 ? true : maskOf(longer)];
    }),
  );
}

const wantedOf = (json: string): fc.Arbitrary<Wanted> => {
  const paths = pathsIn(parseJson(json)).filter(({ length }) => length > 0);
  const some = paths.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...paths), { maxLength: 6 });
  const masks = fc
    .tuple(some, fc.constantFrom([], [["metadata", "new"]], [["spec"]], [["status", "new", "x"]], [["__proto__"]]))
    .map(([inside, others]) => maskOf([...inside, ...others]));
  return fc.record({
    managedFields: fc.boolean(),
    select: fc.option(masks, { nil: undefined }),
    shareStrings: fc.boolean(),
  });
};

const cases = fc.constantFrom(...golden).chain((found) => wantedOf(found.json).map((wanted) => ({ ...found, wanted })));

describe("what is wanted of an object", () => {
  test("is what JSON gives of it", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ json, bytes, wanted }) => {
        const expected = projecting(wanted)(parseJson(json) as Fields);
        expect(canonical(await watched(bytes, wanted))).toBe(canonical(expected));
      }),
      { numRuns: 1500 },
    );
  });

  test("is what JSON gives of the items of a list", async () => {
    const items = golden
      .filter(({ json }) => (JSON.parse(json) as Fields)["kind"] === "Pod")
      .map(({ json, bytes }) => ({ json, raw: enveloped(bytes).raw }));
    const list = envelope({
      apiVersion: "v1",
      kind: "PodList",
      raw: message([1, ""], ...items.map(({ raw }): GivenField => [2, raw])),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...items).chain(({ json }) => wantedOf(json)),
        async (wanted) => {
          const expected = items.map(({ json }) => {
            const { apiVersion: _, kind: __, ...item } = parseJson(json) as Fields;
            return projecting(wanted)(item);
          });
          const found = await protobuf.decodeList(chunk(list), request, wanted, (item) => item);
          expect(canonical(found["items"])).toBe(canonical(expected));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("of a bookmark is everything", async () => {
    const bytes = envelope({
      apiVersion: "v1",
      kind: "Pod",
      raw: message([1, message([6, "7"], [12, message([1, "a"])])]),
    });
    const wanted = { managedFields: false, select: {}, shareStrings: true };
    for await (const event of protobuf.decodeEvents(chunk(frame("BOOKMARK", bytes)), request, wanted)) {
      expect(event.object).toMatchObject({ metadata: { resourceVersion: "7", annotations: { a: "" } }, status: {} });
    }
  });
});

describe("what the schema does not know", () => {
  // As a server has them that is newer: with fields 9.
  const schema = createSchema(
    ["^|metadata:1 spec:2", "name:s 17=managedFields:*4", "a:s +:3 parts:*4 more:%4", "b:s c?:4", "x:s"],
    { "v1 Thing": 0 },
  );
  const codec = createCodec(schema, plansOf(schema));
  const newer: GivenField = [9, "new"];
  const whole: GivenField[] = [
    [1, message([1, "n"], [17, message([1, "m"])])],
    [2, message([1, "a"], [2, message([1, "b"], [2, message([1, "c"])])], [3, message([1, "p"])])],
  ];
  const of = (fields: readonly GivenField[], select: SelectMask | undefined, managedFields = true): Promise<unknown> =>
    watched(
      envelope({ apiVersion: "v1", kind: "Thing", raw: message(...fields) }),
      { select, managedFields, shareStrings: true },
      codec,
    );

  test("does not count where it is not wanted", async () => {
    const identity = { kind: "Thing", apiVersion: "v1", metadata: { name: "n" } };
    const inManaged: GivenField[] = [[1, message([1, "n"], [17, message(newer)])]];
    expect(await of(inManaged, undefined, false)).toEqual({ ...identity, spec: {} });
    const inSpec: GivenField[] = [whole[0]!, [2, message([1, "a"], newer)]];
    expect(await of(inSpec, {}, false)).toEqual(identity);
    expect(await of(inSpec, { spec: {} }, false)).toEqual({ ...identity, spec: {} });
    expect(await of(inSpec, { spec: { a: true } }, false)).toEqual({ ...identity, spec: { a: "a" } });
    expect(await of([...whole, newer], { spec: { a: true } }, false)).toEqual({ ...identity, spec: { a: "a" } });
    const inInlined: GivenField[] = [whole[0]!, [2, message([2, message([1, "b"], [2, message(newer)], newer)])]];
    expect(await of(inInlined, { spec: { b: true } }, false)).toEqual({ ...identity, spec: { b: "b" } });
    const inParts: GivenField[] = [whole[0]!, [2, message([3, message([1, "p"], newer)])]];
    expect(await of(inParts, { spec: { parts: { x: true } } }, false)).toEqual({
      ...identity,
      spec: { parts: [{ x: "p" }] },
    });
  });

  test("counts where it could be what is wanted", async () => {
    const cases: readonly (readonly [readonly GivenField[], SelectMask | undefined, boolean?])[] = [
      [[...whole, newer], undefined],
      [[...whole, newer], { status: true }],
      [[[1, message([17, message(newer)])]], undefined],
      [[[1, message([17, message(newer)])]], { metadata: true }],
      [[[1, message(newer)]], { metadata: { new: true } }],
      [[[2, message(newer)]], { spec: true }],
      [[[2, message(newer)]], { spec: { new: true } }],
      [[[2, message([2, message(newer)])]], { spec: { new: true } }],
      [[[2, message([2, message([2, message(newer)])])]], { spec: { c: true } }],
      [[[2, message([3, message(newer)])]], { spec: { parts: { y: true } } }],
    ];
    for (const [fields, select, managedFields] of cases)
      await expect(of(fields, select, managedFields), JSON.stringify(select)).rejects.toThrow(BeyondSchema);
    expect(await of(whole, undefined)).toMatchObject({ spec: { a: "a", b: "b", c: { x: "c" }, parts: [{ x: "p" }] } });
  });
});
