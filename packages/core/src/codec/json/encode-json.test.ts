import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText } from "../../../../../test/support/json-arbitrary.ts";
import { InputError } from "../../errors/input-error.ts";
import { encodeJson } from "./encode-json.ts";

// Not in TypeScript's library yet.
const json = JSON as unknown as { readonly rawJSON: ((text: string) => unknown) | undefined };

const cycle: Record<string, unknown> = {};
cycle["self"] = [cycle];
const shared = {};

class Plain {
  readonly b = 1;
}

class Version {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toJSON(): unknown {
    return { version: this.text };
  }
}

describe("what is written as JSON", () => {
  test("bigints are written as digits", () => {
    expect(encodeJson({ a: 12345678901234567890n, b: [-1n] }, "object")).toBe('{"a":12345678901234567890,"b":[-1]}');
  });

  test("what JSON.stringify leaves out or converts by itself", () => {
    const value = { a: undefined, at: new Date(0), n: -0, big: json.rawJSON?.("1e999") };
    expect(encodeJson(value, "object")).toBe('{"at":"1970-01-01T00:00:00.000Z","n":0,"big":1e999}');
  });

  test.each<[string, unknown, string]>([
    ["a valid date", { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ["a URL", { url: new URL("https://a/") }, '{"url":"https://a/"}'],
    ["a class with a toJSON", [new Version("1")], '[{"version":"1"}]'],
    ["a toJSON of its own", { a: { toJSON: () => "x" } }, '{"a":"x"}'],
    ["objects without a prototype", Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
    [
      "objects of another realm",
      runInNewContext('({ a: [{ b: "c" }], at: new Date(0) })'),
      '{"a":[{"b":"c"}],"at":"1970-01-01T00:00:00.000Z"}',
    ],
    ["keys that are prototype names", JSON.parse('{"__proto__":{"constructor":1}}'), '{"__proto__":{"constructor":1}}'],
    ["one object twice", [shared, shared], "[{},{}]"],
    ["a text that only looks like half of a pair", ["\\ud800", "😀"], '["\\\\ud800","😀"]'],
  ])("%s is written", (_, value, text) => {
    expect(encodeJson(value, "object")).toBe(text);
  });

  test("keys that are symbols mark an object for libraries, and are not written", () => {
    expect(encodeJson({ a: 1, [Symbol("mark")]: 2 }, "object")).toBe('{"a":1}');
  });

  test("what was read as JSON is written as JSON.stringify writes it", () => {
    fc.assert(
      fc.property(jsonText(), (text) => {
        const value: unknown = JSON.parse(text);
        expect(encodeJson(value, "object")).toBe(JSON.stringify(value));
      }),
    );
  });

  test.each<[unknown, string]>([
    [undefined, "object"],
    [() => 1, "object"],
    [Symbol("x"), "object"],
    [Number.NaN, "object"],
    [{ spec: { replicas: Number.NaN } }, "object.spec.replicas"],
    [{ spec: { replicas: Infinity } }, "object.spec.replicas"],
    [{ metadata: { labels: new Map([["a", "b"]]) } }, "object.metadata.labels"],
    [{ a: [new Set(["b"])] }, "object.a[0]"],
    [{ data: { a: new Uint8Array(1) } }, "object.data.a"],
    [{ spec: { a: [{ b: -Infinity }] } }, "object.spec.a[0].b"],
    [{ a: [1, undefined] }, "object.a[1]"],
    // oxlint-disable-next-line no-sparse-arrays
    [{ a: [1, , 2] }, "object.a[1]"],
    [{ a: { f() {} } }, "object.a.f"],
    [{ a: [() => 1] }, "object.a[0]"],
    [{ a: Symbol("x") }, "object.a"],
    [{ a: 1n, b: Number.NaN }, "object.b"],
    [cycle, "object.self[0]"],
    [{ a: 1n, cycle }, "object.cycle.self[0]"],
    [{ toJSON: () => undefined }, "object"],
    [{ a: { toJSON: () => undefined } }, "object.a"],
    [{ a: { toJSON: () => Number.NaN } }, "object.a"],
    [{ a: { toJSON: () => ({ b: [new Map()] }) } }, "object.a.b[0]"],
    [
      {
        a: {
          toJSON: () => {
            throw new TypeError("x");
          },
        },
      },
      "object.a",
    ],
    [{ a: Promise.resolve(1) }, "object.a"],
    [{ a: new Error("x") }, "object.a"],
    [{ a: Object.assign(new Error("x"), { toJSON: () => "x" }) }, "object.a"],
    [{ a: /x/ }, "object.a"],
    [{ a: Buffer.from("hi") }, "object.a"],
    [{ a: new DataView(new ArrayBuffer(1)) }, "object.a"],
    [{ a: new ArrayBuffer(1) }, "object.a"],
    [{ a: new Date("x") }, "object.a"],
    [{ a: new WeakMap() }, "object.a"],
    [{ a: new Plain() }, "object.a"],
    [{ a: Object.create({ b: 1 }) }, "object.a"],
    [{ a: new String("x") }, "object.a"],
    [{ a: new Number(1) }, "object.a"],
    [{ a: Object(1n) }, "object.a"],
    [{ a: new URLSearchParams("a=b") }, "object.a"],
    [{ a: new Headers() }, "object.a"],
    [{ a: (function* () {})() }, "object.a"],
    [{ a: runInNewContext("new Map()") }, "object.a"],
    [{ a: runInNewContext("new Error('x')") }, "object.a"],
    [{ a: "\ud800" }, "object.a"],
    [{ a: { "\udc00": 1 } }, "object.a"],
  ])("refuses %o", (value, field) => {
    let error: unknown;
    try {
      encodeJson(value, "object");
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).field).toBe(field);
  });

  test("objects that lie too deep inside each other are refused as such", () => {
    let deep: object = {};
    for (let level = 0; level < 100_000; level++) deep = { deep };
    expect(() => encodeJson(deep, "object")).toThrow(InputError);
  });

  test("a field that cannot be read is refused, with the reason as cause", () => {
    const cause = new TypeError("not now");
    const value = {
      get a(): string {
        throw cause;
      },
    };
    let error: unknown;
    try {
      encodeJson(value, "object");
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ name: "InputError", field: "object", cause });
  });

  test("says what is wrong, and where", () => {
    expect(() => encodeJson({ a: Promise.resolve(1) }, "o")).toThrow("o.a: is a promise (is an await missing?), which");
    expect(() => encodeJson({ a: Buffer.from("x") }, "o")).toThrow(
      "o.a: is a Buffer, which JSON cannot hold; write bytes",
    );
    expect(() => encodeJson({ a: new Error("x") }, "o")).toThrow("o.a: is an Error, which");
    expect(() => encodeJson({ a: new Date("x") }, "o")).toThrow("o.a: is an invalid Date");
    expect(() => encodeJson({ a: [{ f() {} }] }, "object")).toThrow("a[0].f: is a function, which JSON cannot hold");
    expect(() => encodeJson([[Number.NaN]], "list")).toThrow("list[0][0]: is NaN, which JSON cannot hold");
  });
});
