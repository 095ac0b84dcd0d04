import { expect, test } from "vitest";
import type { ObjectType } from "./object-type.ts";
import { readType } from "./read-type.ts";

const none = (): ObjectType => {
  throw new Error("no other type");
};

test("fields are read when they are asked for, and once", () => {
  let asked = 0;
  const other = readType("io.k8s.api.core.v1.Port number!:i", none);
  const type = readType("io.k8s.api.core.v1.Host;a ports:*7;l=map,number,protocol;p=merge;k=number", () => {
    asked++;
    return other;
  });
  expect(type).toMatchObject({ name: "v1.Host", schema: "io.k8s.api.core.v1.Host", atomic: true });
  expect(asked).toBe(0);
  expect(type.fields.get("ports")).toMatchObject({
    empty: "omitempty",
    pointer: false,
    value: { is: "list", listType: "map", keys: ["number", "protocol"], goType: "[]v1.Port", of: { type: other } },
    patchStrategy: ["merge"],
    patchMergeKey: "number",
  });
  expect(type.fields).toBe(type.fields);
  expect(asked).toBe(1);
});

test("enums and defaults may have any characters", () => {
  const { fields } = readType("a.b.C mode?*:s;e=,a%2Cb,c%20d;d=%22c%20d%22;g=v1.Mode", none);
  expect(fields.get("mode")).toMatchObject({
    value: { is: "string", goType: "v1.Mode", enum: ["", "a,b", "c d"] },
    default: "c d",
    pointer: true,
    required: true,
  });
});

test("a type without fields has none", () => {
  expect(readType("a.b.Empty", none).fields.size).toBe(0);
});

test("what cannot be read says what", () => {
  expect(() => readType("a.b.C mode", none).fields).toThrow("cannot be read: mode");
  expect(() => readType("a.b.C mode:x", none).fields).toThrow("unknown type x");
});
