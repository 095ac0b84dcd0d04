import assert from "node:assert/strict";
import { DecodeError } from "@kubewright/core";
import { beforeEach, describe, expect, test } from "vitest";
import { heldFields, holdFields } from "./fields-v1.ts";

const fields = { "f:metadata": { "f:labels": { ".": {}, "f:app": {} } } };
const text = JSON.stringify(fields);

interface Entry {
  manager: string;
  fieldsV1?: unknown;
}
const plain: Entry = { manager: "kubectl", fieldsV1: fields };

let entry: Entry;
beforeEach(() => {
  entry = { manager: "kubectl" };
  holdFields(entry, text);
});

const isAccessor = (): boolean => Object.getOwnPropertyDescriptor(entry, "fieldsV1")?.get !== undefined;

describe("a fieldsV1 that nobody has read", () => {
  test("is read once and is then an ordinary field", () => {
    expect(isAccessor()).toBe(true);
    const { fieldsV1 } = entry;
    expect(fieldsV1).toEqual(fields);
    expect(isAccessor()).toBe(false);
    expect(entry.fieldsV1).toBe(fieldsV1);
    expect(Object.getOwnPropertyDescriptor(entry, "fieldsV1")).toEqual({
      value: fields,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  });

  test.each<readonly [string, (value: Entry) => unknown]>([
    ["JSON.stringify", (value) => JSON.parse(JSON.stringify(value))],
    ["structuredClone", (value) => structuredClone(value)],
    ["spread", (value) => ({ ...value })],
    ["Object.assign", (value) => Object.assign({}, value)],
    ["Object.entries", (value) => Object.fromEntries(Object.entries(value))],
    ["a copy by descriptors", (value) => Object.defineProperties({}, Object.getOwnPropertyDescriptors(value))],
    ["a Proxy", (value) => new Proxy(value, {})],
    [
      "an object that inherits",
      (value) => ({ manager: value.manager, fieldsV1: (Object.create(value) as Entry).fieldsV1 }),
    ],
  ])("is data to %s", (_, copy) => {
    expect(copy(entry)).toEqual(plain);
  });

  test("is equal to a plain one", () => {
    expect(entry).toEqual(plain);
    holdFields(entry, text);
    expect(entry).toStrictEqual(plain);
    holdFields(entry, text);
    assert.deepStrictEqual(entry, plain);
    holdFields(entry, text);
    assert.deepStrictEqual(plain, entry);
    holdFields(entry, text);
    expect(entry).not.toEqual({ ...plain, fieldsV1: {} });
  });

  test("has the keys of a plain one", () => {
    expect(Object.keys(entry)).toEqual(["manager", "fieldsV1"]);
    expect("fieldsV1" in entry).toBe(true);
    expect(Object.hasOwn(entry, "fieldsV1")).toBe(true);
    const seen: string[] = [];
    for (const key in entry) seen.push(key);
    expect(seen).toEqual(["manager", "fieldsV1"]);
    expect(isAccessor()).toBe(true);
  });

  test.each([
    ["frozen", Object.freeze],
    ["sealed", Object.seal],
    ["not extensible", Object.preventExtensions],
  ])("of a %s entry is the same value each time", (_, fix) => {
    fix(entry);
    expect(entry.fieldsV1).toEqual(fields);
    expect(entry.fieldsV1).toBe(entry.fieldsV1);
    expect({ ...entry }).toEqual(plain);
  });

  test("can be replaced and deleted", () => {
    entry.fieldsV1 = { a: 1 };
    expect(JSON.stringify(entry)).toBe('{"manager":"kubectl","fieldsV1":{"a":1}}');
    holdFields(entry, text);
    delete entry.fieldsV1;
    expect(JSON.stringify(entry)).toBe('{"manager":"kubectl"}');
  });

  test("that is not JSON is an error each time it is read, which does not quote it", () => {
    holdFields(entry, '{"f:hunter2":');
    for (let i = 0; i < 2; i++) {
      expect(() => entry.fieldsV1).toThrow(DecodeError);
      expect(() => entry.fieldsV1).not.toThrow(/hunter2/);
    }
    entry.fieldsV1 = fields;
    expect(entry).toEqual(plain);
  });

  test("can be had as it came, as long as it is that", () => {
    expect(heldFields(entry)).toBe(text);
    expect(isAccessor()).toBe(true);
    expect(heldFields(plain)).toBeUndefined();
    void entry.fieldsV1;
    expect(heldFields(entry)).toBeUndefined();
    holdFields(entry, text);
    entry.fieldsV1 = fields;
    expect(heldFields(entry)).toBeUndefined();
  });
});
