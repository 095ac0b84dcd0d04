import { describe, expect, test } from "vitest";
import { type Message, valueKinds } from "./message.ts";
import { readMessage, wireType } from "./read-message.ts";

const other = { union: undefined, typeMeta: false, fields: [], always: [] } satisfies Message;
const read = (text: string): ReturnType<typeof readMessage> =>
  readMessage(text, (index) => {
    expect(index).toBe(12);
    return other;
  });

describe("a message as text", () => {
  test("is its fields, each with the number after the one before", () => {
    const { fields, union, typeMeta } = read("name:s replicas?!:i 7=labels:%s parts~:*12 +:12");
    expect({ union, typeMeta }).toEqual({ union: undefined, typeMeta: false });
    const plain = {
      holds: "one",
      pointer: false,
      omitEmpty: true,
      omitZero: false,
      neverNull: false,
      inline: false,
      message: undefined,
      typeMeta: undefined,
    };
    expect(fields).toEqual([
      undefined,
      { ...plain, number: 1, tag: 0x0a, key: "name", kind: valueKinds.string },
      { ...plain, number: 2, tag: 0x10, key: "replicas", kind: valueKinds.int32, pointer: true, omitEmpty: false },
      ...[3, 4, 5, 6].map(() => undefined),
      { ...plain, number: 7, tag: 0x3a, key: "labels", kind: valueKinds.string, holds: "map" },
      {
        ...plain,
        number: 8,
        tag: 0x42,
        key: "parts",
        kind: valueKinds.message,
        holds: "list",
        omitZero: true,
        message: other,
      },
      { ...plain, number: 9, tag: 0x4a, key: "", kind: valueKinds.message, inline: true, message: other },
    ]);
    // Holes would make engines see a table.
    expect(Object.keys(fields)).toHaveLength(10);
  });

  test("says which lists are never null, and which objects say what they are", () => {
    const { fields } = read("items[:*12@apps/v1/Thing");
    expect(fields[1]).toMatchObject({
      key: "items",
      holds: "list",
      omitEmpty: false,
      neverNull: true,
      message: other,
      typeMeta: { apiVersion: "apps/v1", kind: "Thing" },
    });
  });

  test.each([
    ["", undefined, false, 0],
    ["^|", undefined, true, 0],
    ["^|kind:s", undefined, true, 1],
    ["list|items:*s", "list", false, 1],
    ["orBool|allows:b schema?:12", "orBool", false, 2],
    ["orArray|schema?:12 jSONSchemas:*12", "orArray", false, 2],
    ["orStringArray|schema?:12 property:*s", "orStringArray", false, 2],
  ])("%j", (text, union, typeMeta, count) => {
    const found = read(text);
    expect(found).toMatchObject({ union, typeMeta });
    expect(found.fields.filter((field) => field !== undefined)).toHaveLength(count);
  });

  test.each(["name", "name:", "name:x", "name:*", "name:**s", "name!!x:s", "a:sb"])(
    "that holds %j is an error that says which field",
    (text) => {
      expect(() => read(`ok:s ${text}`)).toThrow(`The table of messages has a field that cannot be read: ${text}`);
    },
  );

  test("a map of numbers has entries with a length, as every map", () => {
    expect(read("a:%i").fields[1]).toMatchObject({ tag: 0x0a, kind: valueKinds.int32, holds: "map" });
  });
});

test("varints, eight bytes, and all others with a length", () => {
  const { bool, int32, int64, double, ...rest } = valueKinds;
  expect([bool, int32, int64].map(wireType)).toEqual([0, 0, 0]);
  expect(wireType(double)).toBe(1);
  expect(new Set(Object.values(rest).map(wireType))).toEqual(new Set([2]));
});
