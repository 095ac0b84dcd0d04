import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode } from "../../../../../test/support/text.ts";
import { DecodeError } from "../../errors/body-errors.ts";
import { createListParser } from "./list-parser.ts";
import { parseJson } from "./parse-json.ts";
import { parseTrimmedEvent, parseTrimmedList } from "./parse-trimmed.ts";
import { projecting } from "./projecting.ts";

const request = { verb: "list", path: "/api/v1/pods" };
const project = projecting({ managedFields: false, select: undefined, shareStrings: false });

type Item = Record<string, unknown>;

/** As text: the same fields in the same order, `__proto__` and long numbers included. */
const projected = (items: unknown): string => JSON.stringify((items as Item[]).map(project));

function incrementally(body: string, chunkSize: number, runSize: number): unknown {
  const items: unknown[] = [];
  const handler = { onStart() {}, onItems: (next: readonly unknown[]) => void items.push(...next) };
  const parser = createListParser(request, handler, runSize, parseTrimmedList);
  const bytes = encode(body);
  for (let i = 0; i < bytes.length; i += chunkSize) parser.push(bytes.subarray(i, i + chunkSize));
  parser.end();
  return items;
}

// All that could be taken for the end of managedFields, for their beginning, or for a border between items.
const misleading = [
  "]",
  "}]",
  '}]},"a":"',
  '"managedFields":[',
  "\\",
  '},{"metadata":{"name":"',
  '},{"kind":"A","metadata":{"name":"',
  "9007199254740993",
  "😀",
  "a",
];
const text = fc.constantFrom(...misleading).map((value) => JSON.stringify(value));
const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom("1", "12345678901234567890", "null", "{}", "[]"),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
    fields(tie("value")),
  ),
})).value;

function fields(inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const name = fc.oneof(
    fc.constantFrom('"managedFields"', '"metadata"', '"name"', '"__proto__"', '"managed\\u0046ields"'),
    text,
  );
  return fc
    .array(fc.tuple(name, inner), { maxLength: 3 })
    .map((pairs) => `{${pairs.map(([key, of]) => `${key}:${of}`).join(",")}}`);
}

const managedFields = fc.oneof(
  fc.constant('"managedFields":[{"manager":"kubectl","fieldsV1":{"f:metadata":{"k:{\\"uid\\":\\"1\\"}":{".":{}}}}}]'),
  fc.array(fields(value), { maxLength: 2 }).map((entries) => `"managedFields":[${entries.join(",")}]`),
  value.map((of) => `"managedFields":${of}`),
  fc.constant('"managedFields" : [{}]'),
);
const metadata = fc
  .array(
    fc.oneof(
      managedFields,
      fc.tuple(fc.constantFrom("name", "labels", "a"), value).map(([name, of]) => `"${name}":${of}`),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `{${parts.join(",")}}`);
const rest = fc.array(
  fc.oneof(
    metadata.map((of) => `"metadata":${of}`),
    metadata.map((of) => `"spec":{"template":{"metadata":${of}},"claims":[{"metadata":${of}},{"metadata":${of}}]}`),
    value.map((of) => `"data":${of}`),
  ),
  { maxLength: 2 },
);
const item = fc
  .tuple(fc.constantFrom("", "", '"kind":"A",', '"apiVersion":"v1","kind":"A",', ' "kind":"A",'), metadata, rest)
  .map(([start, of, others]) => `{${[`${start}"metadata":${of}`, ...others].join(",")}}`);

describe("what is parsed without its managedFields", () => {
  test("is what is left of the whole, in lists", () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(1, 100, 1000),
        (items, chunkSize, runSize) => {
          const whole = projected(parseJson(`[${items.join(",")}]`));
          expect(projected(parseTrimmedList(`[${items.join(",")}]`, request))).toBe(whole);
          expect(projected(incrementally(`{"metadata":{},"items":[${items.join(",")}]}`, chunkSize, runSize))).toBe(
            whole,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test("is what is left of the whole, in watches", () => {
    const types = fc.constantFrom("ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR");
    fc.assert(
      fc.property(types, item, (type, object) => {
        const line = `{"type":"${type}","object":${object}}`;
        const parsed = parseTrimmedEvent(line, request) as { readonly type: string; readonly object: Item };
        const whole = parseJson(line) as typeof parsed;
        expect(parsed.type).toBe(type);
        if (type === "BOOKMARK" || type === "ERROR") expect(JSON.stringify(parsed)).toBe(JSON.stringify(whole));
        else expect(JSON.stringify(project(parsed.object))).toBe(JSON.stringify(project(whole.object)));
      }),
      { numRuns: 500 },
    );
  });

  test("cut anywhere it is an error", () => {
    const object =
      '{"kind":"A","metadata":{"name":"a","managedFields":[{"manager":"b]","f":[1]}],"uid":"c"},"spec":{"metadata":{}}}';
    const list = `{"metadata":{},"items":[${object},${object}]}`;
    for (const runSize of [1, 1000])
      for (let end = 0; end < list.length; end++)
        expect(() => incrementally(list.slice(0, end), 50, runSize), `${end}`).toThrow(DecodeError);
    const event = `{"type":"ADDED","object":${object}}`;
    for (let end = 0; end < event.length; end++)
      expect(() => parseTrimmedEvent(event.slice(0, end), request), `${end}`).toThrow(DecodeError);
  });

  test("does not see them at all where servers put them", () => {
    const pod = '{"metadata":{"name":"a","labels":{"b":"]"},"managedFields":[{"manager":"x"}]},"spec":{"d":[{}]}}';
    const bare = '{"metadata":{"name":"a","labels":{"b":"]"}},"spec":{"d":[{}]}}';
    const widget = '{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"managedFields":[{}],"name":"a"}}';
    const bareWidget = '{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"}}';
    expect(JSON.stringify(parseTrimmedList(`[${pod},${pod}]`, request))).toBe(`[${bare},${bare}]`);
    expect(JSON.stringify(parseTrimmedList(`[${widget},${widget}]`, request))).toBe(`[${bareWidget},${bareWidget}]`);
    expect(JSON.stringify(parseTrimmedEvent(`{"type":"ADDED","object":${widget}}`, request))).toBe(
      `{"type":"ADDED","object":${bareWidget}}`,
    );
  });
});
