import { expect, test } from "vitest";
import { InputError } from "../errors/input-error.ts";
import { addFinalizer, hasFinalizer, removeFinalizer, type Finalizable } from "./finalizers.ts";

const name = "example.com/cleanup";

test("adding and removing say whether anything changed", () => {
  const object: Finalizable & { kind: string } = { kind: "Widget", metadata: { finalizers: ["kubernetes"] } };
  expect(hasFinalizer(object, name)).toBe(false);
  expect(addFinalizer(object, name)).toBe(true);
  expect(addFinalizer(object, name)).toBe(false);
  expect(object).toEqual({ kind: "Widget", metadata: { finalizers: ["kubernetes", name] } });
  expect(hasFinalizer(object, name)).toBe(true);
  expect(removeFinalizer(object, name)).toBe(true);
  expect(removeFinalizer(object, name)).toBe(false);
  expect(object).toEqual({ kind: "Widget", metadata: { finalizers: ["kubernetes"] } });
});

test("metadata and the list are made where they are missing", () => {
  const object: Finalizable = {};
  expect(removeFinalizer(object, name)).toBe(false);
  expect(object).toEqual({});
  expect(addFinalizer(object, name)).toBe(true);
  expect(object).toEqual({ metadata: { finalizers: [name] } });
});

test("a name that is there twice goes as a whole, and the old list is left alone", () => {
  const finalizers = [name, "a/b", name];
  const object: Finalizable = { metadata: { finalizers } };
  expect(removeFinalizer(object, name)).toBe(true);
  expect(object.metadata?.finalizers).toEqual(["a/b"]);
  expect(finalizers).toHaveLength(3);
});

test("a field named __proto__ is data and stays out of it", () => {
  const object = JSON.parse('{"__proto__":{"metadata":{"finalizers":["a/b"]}}}') as Finalizable;
  expect(hasFinalizer(object, "a/b")).toBe(false);
  expect(addFinalizer(object, name)).toBe(true);
  expect(JSON.stringify(object)).toBe(
    `{"__proto__":{"metadata":{"finalizers":["a/b"]}},"metadata":{"finalizers":["${name}"]}}`,
  );
  expect(({} as Finalizable).metadata).toBeUndefined();
});

test.each(["", "a b", "a/b/c", "/x", "x/", "Example.com/x"])("%j is no finalizer's name", (wrong) => {
  const object: Finalizable = {};
  expect(() => addFinalizer(object, wrong)).toThrow(InputError);
  expect(object).toEqual({});
});
