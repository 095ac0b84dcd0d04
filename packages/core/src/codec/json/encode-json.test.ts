import { describe, expect, test } from "vitest";
import { InputError } from "../../errors/input-error.ts";
import { encodeJson } from "./encode-json.ts";

// Not in TypeScript's library yet.
const json = JSON as unknown as { readonly rawJSON: ((text: string) => unknown) | undefined };

describe("encodeJson", () => {
  test("bigints are written as digits", () => {
    expect(encodeJson({ a: 12345678901234567890n, b: [-1n] }, "object")).toBe('{"a":12345678901234567890,"b":[-1]}');
  });

  test("what JSON.stringify leaves out or converts by itself", () => {
    const value = { a: undefined, at: new Date(0), n: -0, big: json.rawJSON?.("1e999") };
    expect(encodeJson(value, "object")).toBe('{"at":"1970-01-01T00:00:00.000Z","n":0,"big":1e999}');
  });

  const cycle: Record<string, unknown> = {};
  cycle["self"] = [cycle];
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
    [cycle, "object"],
    [{ a: 1n, cycle }, "object"],
    [{ toJSON: () => undefined }, "object"],
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

  test("says what is wrong, and where", () => {
    expect(() => encodeJson({ a: [{ f() {} }] }, "object")).toThrow("a[0].f: is a function, which JSON cannot hold");
    expect(() => encodeJson([[Number.NaN]], "list")).toThrow("list[0][0]: is NaN, which JSON cannot hold");
  });
});
