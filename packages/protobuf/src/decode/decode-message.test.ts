import assert from "node:assert/strict";
import { BeyondSchema, DecodeError, type Fields, parseJson } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { envelope, type GivenField, joined, message } from "../../../../test/support/protobuf-wire.ts";
import { decodeObject } from "../codec/decode-object.ts";
import { createSchema } from "../schema/schema.ts";
import { plansOf } from "./plans.ts";

/** Reads a message of its own, the first of a table, out of its envelope. */
function read(table: readonly string[], ...fields: readonly GivenField[]): Fields {
  const plans = plansOf(createSchema([...table], { "v1 Thing": 0 }));
  return decodeObject(plans, envelope({ apiVersion: "v1", kind: "Thing", raw: message(...fields) }));
}

/** The same without what every object has. */
function fieldsIn(table: readonly string[], ...fields: readonly GivenField[]): Fields {
  const { apiVersion, kind, ...rest } = read(table, ...fields);
  expect({ apiVersion, kind }).toEqual({ apiVersion: "v1", kind: "Thing" });
  return rest;
}

const failure = (reading: () => unknown): unknown => {
  try {
    return reading();
  } catch (error) {
    return error;
  }
};

const double = (value: number): Uint8Array => new Uint8Array(new Float64Array([value]).buffer);
const json = (text: string): Uint8Array => message([1, text]);
const time = (seconds: number | bigint, nanoseconds = 0): Uint8Array => message([1, seconds], [2, nanoseconds]);

describe("a value", () => {
  test.each<readonly [string, number | bigint | string | Uint8Array, unknown]>([
    ["s", "text", "text"],
    ["s", "", ""],
    ["s", "grüße \u{1F600}", "grüße \u{1F600}"],
    ["s", "\uFEFFmarked", "\uFEFFmarked"],
    ["s", "x".repeat(300), "x".repeat(300)],
    ["b", 1, true],
    ["b", 0, false],
    ["i", 7, 7],
    ["i", -7, -7],
    ["i", 2 ** 31 - 1, 2 ** 31 - 1],
    ["l", -7, -7],
    ["l", 2 ** 53 - 1, 2 ** 53 - 1],
    ["y", Uint8Array.of(0, 255, 16), "AP8Q"],
    ["y", "", ""],
    ["T", time(1_600_000_000), "2020-09-13T12:26:40Z"],
    ["T", message([2, 5]), "1970-01-01T00:00:00Z"],
    ["T", "", null],
    ["T", time(-62135596800), null],
    ["M", time(1_600_000_000, 1500), "2020-09-13T12:26:40.000001Z"],
    ["M", time(10, -1000), "1970-01-01T00:00:09.999999Z"],
    ["M", time(-62135596800), null],
    ["M", "", null],
    ["q", message([1, "100m"]), "100m"],
    ["q", message([1, "1e03"]), "1e03"],
    ["q", "", "0"],
    ["o", message([1, 0], [2, -80], [3, "ignored"]), -80],
    ["o", message([1, 1], [2, 80], [3, "http"]), "http"],
    ["o", "", 0],
    ["R", json('{"a":[1,null]}'), { a: [1, null] }],
    ["R", json(' "x"'), "x"],
    ["R", "", null],
    ["J", json("true"), true],
    ["J", "", null],
    ["F", json('{"f:a":{}}'), { "f:a": {} }],
    ["F", "", null],
    ["1", message([1, "x"]), { name: "x" }],
    ["1", "", {}],
  ])("of type %s, %o", (type, given, expected) => {
    const key = type === "F" ? "fieldsV1" : "a";
    expect(fieldsIn([`${key}?:${type}`, "name:s"], [1, given])).toEqual({ [key]: expected });
    expect(fieldsIn([`a:*${type}`, "name:s"], [1, given], [1, given])).toEqual({ a: [expected, expected] });
    const entry = (key: string): Uint8Array => message([1, key], [2, given]);
    expect(fieldsIn([`a:%${type}`, "name:s"], [1, entry("x")], [1, entry("")])).toEqual({
      a: { x: expected, "": expected },
    });
  });

  test("of eight bytes", () => {
    for (const value of [0.1, -1e-300, 5, -0, 2 ** 53 - 1]) {
      const bytes = joined([Uint8Array.of(9), double(value)]);
      expect(readBytes(["a?:d"], bytes)).toStrictEqual({ a: value });
    }
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const bytes = joined([Uint8Array.of(9), double(value)]);
      expect(failure(() => readBytes(["a?:d"], bytes))).toBeInstanceOf(DecodeError);
    }
  });

  test.each([
    [2n ** 53n, "9007199254740992"],
    [-(2n ** 63n), "-9223372036854775808"],
    [2n ** 63n - 1n, "9223372036854775807"],
  ])("%s, which a double would round, keeps its digits", (value, digits) => {
    expect(JSON.stringify(fieldsIn(["a:l"], [1, value]))).toBe(`{"a":${digits}}`);
    assert.deepStrictEqual(fieldsIn(["a:J"], [1, json(digits)]), parseJson(`{"a":${digits}}`));
  });

  test("has, as in Go, U+FFFD for each byte that is no UTF-8", () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0xe2, 0x82, 0x7a, 0xc3, 0xa4, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98);
    const text = "a\uFFFD\uFFFD\uFFFDzä\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD";
    expect(fieldsIn(["a:s b:%s"], [1, bytes], [2, message([1, bytes], [2, "x"])])).toEqual({
      a: text,
      b: { [text]: "x" },
    });
    expect(fieldsIn(["a:s"], [1, "\uFFFD"])).toEqual({ a: "\uFFFD" });
    // One byte that as a code would be a letter.
    for (let i = 0; i < 3; i++) {
      expect(fieldsIn(["a:s"], [1, "é"])).toEqual({ a: "é" });
      expect(fieldsIn(["a:s"], [1, Uint8Array.of(0xe9)])).toEqual({ a: "\uFFFD" });
    }
  });

  test.each([
    ["q", message([1, ""])],
    ["o", message([1, 2])],
    ["R", json("")],
    ["R", json("{")],
    ["R", json("k8s\0")],
    ["J", json("hunter2")],
  ])("of type %s that Go would not print is an error: %o", (type, given) => {
    const error = failure(() => fieldsIn([`a:${type}`], [1, given]));
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).not.toContain("hunter2");
  });

  test.each(["R", "J", "F"])("of type %s in CBOR is for JSON", (type) => {
    const cbor = message([1, Uint8Array.of(0xd9, 0xd9, 0xf7, 0xa0)]);
    expect(failure(() => fieldsIn([`a:${type}`], [1, cbor]))).toBeInstanceOf(BeyondSchema);
  });
});

/** Reads bytes that are no message of varints and lengths. */
function readBytes(table: readonly string[], raw: Uint8Array): Fields {
  const {
    apiVersion: _,
    kind: __,
    ...rest
  } = decodeObject(
    plansOf(createSchema([...table], { "v1 Thing": 0 })),
    envelope({ apiVersion: "v1", kind: "Thing", raw }),
  );
  return rest;
}

describe("what JSON has of a field", () => {
  // A mark of a field, and what is there without it, with its zero, with a value.
  test.each<readonly [string, GivenField, Fields, Fields]>([
    ["a:s", [1, ""], {}, {}],
    ["a!:s", [1, ""], { a: "" }, { a: "" }],
    ["a?:s", [1, ""], {}, { a: "" }],
    ["a?!:s", [1, ""], { a: null }, { a: "" }],
    ["a:i", [1, 0], {}, {}],
    ["a!:l", [1, 0], { a: 0 }, { a: 0 }],
    ["a?:b", [1, 0], {}, { a: false }],
    ["a:y", [1, ""], {}, {}],
    ["a!:y", [1, ""], { a: null }, { a: "" }],
    ["a:T", [1, ""], { a: null }, { a: null }],
    ["a~:T", [1, ""], {}, {}],
    ["a?:T", [1, ""], {}, { a: null }],
    ["a:q", [1, ""], { a: "0" }, { a: "0" }],
    ["a:o", [1, ""], { a: 0 }, { a: 0 }],
    ["a:1", [1, ""], { a: { b: { c: null } } }, { a: { b: { c: null } } }],
    ["a?:1", [1, ""], {}, { a: { b: { c: null } } }],
    ["a:*s", [1, ""], {}, { a: [""] }],
    ["a!:*1", [1, ""], { a: null }, { a: [{ b: { c: null } }] }],
    ["a[:*1", [1, ""], { a: [] }, { a: [{ b: { c: null } }] }],
    ["a!:%s", [1, ""], { a: null }, { a: { "": "" } }],
    ["a!:3", [1, ""], { a: null }, { a: [] }],
    ["+:1", [1, ""], { b: { c: null } }, { b: { c: null } }],
  ])("%s", (field, zero, absent, present) => {
    const table = [field, "b:2", "c!:*s", "list|items:*s"];
    expect(fieldsIn(table)).toEqual(absent);
    expect(fieldsIn(table, zero)).toEqual(present);
  });

  test("of more fields than bits", () => {
    const names = Array.from({ length: 40 }, (_, i) => `f${i}`);
    const table = [names.map((name) => `${name}!:s`).join(" ")];
    expect(fieldsIn(table)).toEqual(Object.fromEntries(names.map((name) => [name, ""])));
    const given = names.map((_, i): GivenField => [i + 1, "x"]);
    expect(fieldsIn(table, ...given)).toEqual(Object.fromEntries(names.map((name) => [name, "x"])));
    expect(fieldsIn(table, ...given.slice(0, 39))).toMatchObject({ f38: "x", f39: "" });
  });

  test.each<readonly [string, GivenField[], unknown]>([
    ["orArray|schema?:1 jSONSchemas:*1", [], null],
    ["orArray|schema?:1 jSONSchemas:*1", [[1, message([1, "x"])]], { name: "x" }],
    [
      "orArray|schema?:1 jSONSchemas:*1",
      [
        [2, ""],
        [2, message([1, "x"])],
      ],
      [{}, { name: "x" }],
    ],
    ["orBool|allows:b schema?:1", [], false],
    ["orBool|allows:b schema?:1", [[1, 1]], true],
    [
      "orBool|allows:b schema?:1",
      [
        [1, 1],
        [2, ""],
      ],
      {},
    ],
    ["orStringArray|schema?:1 property:*s", [], null],
    [
      "orStringArray|schema?:1 property:*s",
      [
        [2, "a"],
        [2, ""],
      ],
      ["a", ""],
    ],
    ["orStringArray|schema?:1 property:*s", [[1, message([1, "x"])]], { name: "x" }],
    ["list|items:*s", [], []],
    [
      "list|items:*s",
      [
        [1, "a"],
        [1, "b"],
      ],
      ["a", "b"],
    ],
  ])("that is a %s", (union, given, expected) => {
    const table = [`a?:2 b:%2`, "name:s", union];
    const value = message(...given);
    expect(fieldsIn(table, [1, value])).toEqual({ a: expected });
    expect(fieldsIn(table, [2, message([1, "k"], [2, value])])).toEqual({ b: { k: expected } });
    if (given.length === 0) expect(fieldsIn(table, [2, message([1, "k"])])).toEqual({ b: { k: expected } });
  });

  test("of objects within objects that say what they are", () => {
    expect(fieldsIn(["items:*1@apps/v1/Part", "name:s"], [1, message([1, "x"])], [1, ""])).toEqual({
      items: [
        { apiVersion: "apps/v1", kind: "Part", name: "x" },
        { apiVersion: "apps/v1", kind: "Part" },
      ],
    });
  });
});

describe("fields in another order than servers write", () => {
  const table = ["a:s b:1 c:*s d:%s +:2 6=e:*i", "name:s parts:*s", "inner:s deep?:1"];
  const expected = {
    a: "x",
    b: { name: "y", parts: ["1", "2"] },
    c: ["p", "q", "r"],
    d: { k: "v", l: "w" },
    inner: "i",
    deep: { name: "z", parts: ["3"] },
    e: [1, -2, 3],
  };
  const entry = (key: string, value: string): Uint8Array => message([1, key], [2, value]);

  test("are the same", () => {
    const inOrder: GivenField[] = [
      [1, "x"],
      [2, message([1, "y"], [2, "1"], [2, "2"])],
      [3, "p"],
      [3, "q"],
      [3, "r"],
      [4, entry("k", "v")],
      [4, entry("l", "w")],
      [5, message([1, "i"], [2, message([1, "z"], [2, "3"])])],
      [6, 1],
      [6, -2],
      [6, 3],
    ];
    expect(fieldsIn(table, ...inOrder)).toEqual(expected);
    // Lists and maps in pieces; messages in two parts, which become one; the last text.
    const mixed: GivenField[] = [
      [6, 1],
      [5, message([2, message([1, "old"])])],
      [4, entry("k", "old")],
      [3, "p"],
      [2, message([2, "1"])],
      [1, "old"],
      [6, -2],
      [3, "q"],
      [2, message([2, "2"], [1, "y"])],
      [4, entry("k", "v")],
      [5, message([1, "i"], [2, message([2, "3"], [1, "z"])])],
      [1, "x"],
      [4, entry("l", "w")],
      [3, "r"],
      [6, 3],
    ];
    expect(fieldsIn(table, ...mixed)).toEqual(expected);
    expect(fieldsIn(table, [1, "x"], [1, ""], [2, ""])).toEqual({ b: {} });
  });

  test("numbers of a list that share a length", () => {
    const packed = joined([message([1, 5], [1, -1])].map((bytes) => bytes.filter((_, i) => i !== 0 && i !== 2)));
    expect(fieldsIn(["a:*i"], [1, 3], [1, packed], [1, 4])).toEqual({ a: [3, 5, -1, 4] });
    expect(fieldsIn(["a:*b"], [1, Uint8Array.of(1, 0)])).toEqual({ a: [true, false] });
    expect(failure(() => fieldsIn(["a:*i"], [1, Uint8Array.of(1, 0x80)]))).toBeInstanceOf(DecodeError);
  });

  test("an entry of a map may lack its key or value, or have them the other way round", () => {
    expect(fieldsIn(["a:%i"], [1, message([2, 5], [1, "x"])], [1, message([1, "y"])], [1, ""])).toEqual({
      a: { x: 5, y: 0, "": 0 },
    });
  });
});

describe("to users the objects are what JSON.parse gives", () => {
  const table = ["labels:%s part?:1 parts:*1 none:1 items[:*1 bits:%y", "name:s inner?:1"];
  const bytes: GivenField[] = [
    [1, message([1, "__proto__"], [2, "x"])],
    [1, message([1, "constructor"], [2, "y"])],
    [1, message([1, "0"], [2, "z"])],
    [2, message([1, "a"], [2, message([1, "b"])])],
    [3, message([1, "c"])],
    [3, ""],
  ];
  const parsed = JSON.parse(
    `{"kind":"Thing","apiVersion":"v1","labels":{"0":"z","__proto__":"x","constructor":"y"},"part":{"name":"a","inner":{"name":"b"}},
      "parts":[{"name":"c"},{}],"none":{},"items":[]}`,
  ) as Fields;

  test("to every comparison", () => {
    const found = read(table, ...bytes);
    expect(found).toStrictEqual(parsed);
    assert.deepStrictEqual(found, parsed);
    expect(JSON.parse(JSON.stringify(found))).toStrictEqual(parsed);
    expect(structuredClone(found)).toStrictEqual(parsed);
    expect(Object.keys(found["labels"] as Fields)).toEqual(["0", "__proto__", "constructor"]);
    expect(Object.keys(found).slice(0, 2)).toEqual(["kind", "apiVersion"]);
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      expect(Object.getPrototypeOf(value)).toBe(Array.isArray(value) ? Array.prototype : Object.prototype);
      expect(Reflect.ownKeys(value).filter((key) => typeof key === "symbol")).toEqual([]);
      for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(value))) {
        if (Array.isArray(value) && !descriptor.enumerable) continue;
        expect(descriptor).toMatchObject({ writable: true, enumerable: true, configurable: true });
        visit(descriptor.value);
      }
    };
    visit(found);
  });

  test("and each has its own", () => {
    const [one, two] = [read(table, ...bytes), read(table, ...bytes)];
    (one["none"] as Fields)["name"] = "changed";
    (one["items"] as unknown[]).push(1);
    (one["labels"] as Fields)["new"] = "x";
    (one["parts"] as Fields[])[1]!["name"] = "x";
    expect(two).toStrictEqual(parsed);
    expect(read(table, ...bytes)).toStrictEqual(parsed);
  });

  test("nothing of a prototype becomes a field, nor hides one", () => {
    Reflect.defineProperty(Object.prototype, "none", { value: "polluted", configurable: true, writable: true });
    try {
      expect(Object.hasOwn(read(table, ...bytes), "none")).toBe(true);
      expect(read(table, ...bytes)["none"]).toEqual({});
    } finally {
      delete (Object.prototype as Fields)["none"];
    }
  });
});

describe("what the schema does not know", () => {
  test.each<readonly [GivenField[], string]>([
    [[[9, "x"]], "field 9 of Thing"],
    [[[9, 1]], "field 9 of Thing"],
    [[[536870911, 1]], "field 536870911 of Thing"],
    [[[1, message([7, ""])]], "field 7 of part"],
    [[[2, message([3, "x"])]], "field 3 of an entry of labels"],
    [[[3, message([3, 1])]], "field 3 of at"],
    [[[4, message([2, "x"])]], "field 2 of size"],
    [[[5, message([4, "x"])]], "field 4 of port"],
    [[[6, message([2, "x"])]], "field 2 of raw"],
  ])("%o is beyond it", (given, what) => {
    const table = ["part:1 labels:%s at:T size:q port:o raw:R", "name:s"];
    const error = failure(() => read(table, ...given));
    expect(error).toBeInstanceOf(BeyondSchema);
    expect(error).toMatchObject({ what });
  });

  test("a kind is beyond it too", () => {
    const plans = plansOf(createSchema(["a:s"], { "v1 Thing": 0 }));
    const of = (apiVersion: string, kind: string): unknown =>
      failure(() => decodeObject(plans, envelope({ apiVersion, kind, raw: message() })));
    expect(of("apps/v1", "Thing")).toMatchObject({ name: "BeyondSchema", what: "the kind Thing of apps/v1" });
    expect(of("v1", "hunter2 !")).toMatchObject({ name: "BeyondSchema", what: "the kind ? of v1" });
    expect(of("v1", "constructor")).toBeInstanceOf(BeyondSchema);
    expect(of("v1", "")).toBeInstanceOf(DecodeError);
  });

  test("discovery of the first API says no apiVersion", () => {
    const plans = plansOf(createSchema(["a:s"], { "v1 Thing": 0 }));
    expect(decodeObject(plans, envelope({ apiVersion: "", kind: "Thing", raw: message([1, "x"]) }))).toEqual({
      kind: "Thing",
      a: "x",
    });
  });

  test("messages within messages, as deep as nobody writes them", () => {
    const nested = (depth: number): Uint8Array => (depth === 0 ? message() : message([1, nested(depth - 1)]));
    expect(read(["next?:0"], [1, nested(90)])).toHaveProperty("next.next.next");
    expect(failure(() => read(["next?:0"], [1, nested(101)]))).toBeInstanceOf(BeyondSchema);
    let deep: Uint8Array = message();
    for (let i = 0; i < 10_000; i++) deep = message([1, deep]);
    expect(failure(() => read(["next?:0"], [1, deep]))).toBeInstanceOf(BeyondSchema);
    expect(failure(() => read(["+:0"], [1, deep]))).toBeInstanceOf(Error);
  });
});
