import { describe, expect, test } from "vitest";
import type { ProtobufField, ProtobufMessage, ProtobufType } from "../load/protobuf-schema.ts";
import { protobufTableFile } from "./protobuf-table-file.ts";

const text: ProtobufType = { scalar: "string" };
const meta: ProtobufMessage = { fields: [{ number: 1, name: "name", json: "name,omitempty", type: text }] };

/** The table of these messages and of one that holds the fields; the texts by message, and the kinds. */
function tableOf(
  fields: readonly ProtobufField[],
  others: Readonly<Record<string, ProtobufMessage>> = {},
  own: Partial<ProtobufMessage> = {},
): { readonly subject: string; readonly texts: Readonly<Record<string, string>>; readonly kinds: string } {
  const envelope: ProtobufMessage = { special: "unknown", fields: [] };
  const messages = { Envelope: envelope, "a.Meta": meta, Subject: { ...own, fields }, ...others };
  const file = protobufTableFile({ envelope: "Envelope", messages }, "a test");
  const texts = Object.fromEntries(
    [...file.matchAll(/^ {2}(".*"), \/\/ (.+)$/gm)].map(([, row = "", name = ""]) => [name, JSON.parse(row) as string]),
  );
  return { subject: texts["Subject"] ?? "none", texts, kinds: /kinds.*? = (\{.*\});\n$/s.exec(file)?.[1] ?? "none" };
}

function field(json: string, type: ProtobufType, number = 1): ProtobufField {
  return { number, name: "theField", json, type };
}

describe("the table of messages", () => {
  test.each<readonly [ProtobufType, string]>([
    [{ scalar: "string" }, "s"],
    [{ scalar: "bool" }, "b"],
    [{ scalar: "int32" }, "i"],
    [{ scalar: "int64" }, "l"],
    [{ scalar: "float64" }, "d"],
    [{ scalar: "bytes" }, "y"],
    [{ message: "a.Meta" }, "1"],
    [{ list: { message: "a.Meta" } }, "*1"],
    [{ list: { scalar: "bytes" } }, "*y"],
    [{ map: { key: text, value: { scalar: "bytes" } } }, "%y"],
    [{ map: { key: text, value: { message: "a.Meta" } } }, "%1"],
  ])("has %o as %s", (type, expected) => {
    expect(tableOf([field("a,omitempty", type)]).subject).toBe(`a:${expected}`);
  });

  test.each([
    ["time", "T"],
    ["microTime", "M"],
    ["quantity", "q"],
    ["intOrString", "o"],
    ["fieldsV1", "F"],
    ["rawExtension", "R"],
    ["json", "J"],
  ])("has %s as %s, and no message for it", (special, expected) => {
    const { subject, texts } = tableOf(
      [field("a,omitempty", { message: "Special" }), field("b,omitempty", { list: { message: "Special" } }, 2)],
      { Special: { special, fields: [field("-", { scalar: "bytes" })] } },
    );
    expect(subject).toBe(`a:${expected} b:*${expected}`);
    expect(Object.keys(texts)).toEqual(["Subject", "a.Meta"]);
  });

  test.each([
    ["name,omitempty", text, "name:s"],
    ["name", text, "name!:s"],
    ["name,omitempty", { optional: text }, "name?:s"],
    ["name", { optional: text }, "name?!:s"],
    ["name,omitempty,omitzero", { message: "a.Meta" }, "name~:1"],
    ["name,omitzero", { message: "a.Meta" }, "name!~:1"],
    [",inline", { message: "a.Meta" }, "+:1"],
    ["$ref,omitempty", text, "$ref:s"],
    ["x-kubernetes-map-type,omitempty", text, "x-kubernetes-map-type:s"],
  ] as const)("a field tagged %s", (json, type, expected) => {
    expect(tableOf([field(json, type)]).subject).toBe(expected);
  });

  test("fields are in the order of their numbers, which stand where one is left out", () => {
    const fields = [5, 1, 2, 6].map((number) => field(`f${number},omitempty`, text, number));
    expect(tableOf(fields).subject).toBe("f1:s f2:s 5=f5:s f6:s");
    expect(tableOf([field("a,omitempty", text, 3)]).subject).toBe("3=a:s");
    expect(tableOf([]).subject).toBe("");
  });

  test("what has apiVersion and kind says so, and each kind leads to its message", () => {
    const kinds = [
      { group: "", version: "v1", kind: "Thing" },
      { group: "apps", version: "v1", kind: "Thing" },
    ];
    const { subject, texts, kinds: places } = tableOf([], {}, { typeMeta: true, kinds });
    expect(subject).toBe("^|");
    expect(Object.keys(texts)).toEqual(["Subject", "a.Meta"]);
    expect(places).toBe('{\n  "apps/v1 Thing": 0,\n  "v1 Thing": 0,\n}');
  });

  test("the items of a list are never null", () => {
    const items: ProtobufField = { number: 1, name: "items", json: "items", type: { list: { message: "a.Meta" } } };
    expect(tableOf([items], {}, { typeMeta: true }).subject).toBe("^|items[:*1");
    expect(tableOf([items]).subject).toBe("items!:*1");
  });

  test("what says in JSON what it is, and not on the wire, says so here", () => {
    const field: ProtobufField = {
      number: 4,
      name: "volumeClaimTemplates",
      json: "volumeClaimTemplates,omitempty",
      type: { list: { message: "a.Meta" } },
    };
    const items: ProtobufField = { number: 2, name: "items", json: "items", type: { list: { message: "a.Meta" } } };
    const meta = "k8s.io/apimachinery/pkg/apis/meta/v1";
    const { texts } = tableOf([], {
      "k8s.io/api/apps/v1.StatefulSetSpec": { fields: [field] },
      [`${meta}.PartialObjectMetadataList`]: { typeMeta: true, fields: [items] },
    });
    expect(texts["k8s.io/api/apps/v1.StatefulSetSpec"]).toMatch(
      /^4=volumeClaimTemplates:\*\d@v1\/PersistentVolumeClaim$/,
    );
    expect(texts[`${meta}.PartialObjectMetadataList`]).toMatch(
      /^\^\|2=items!:\*\d@meta\.k8s\.io\/v1\/PartialObjectMetadata$/,
    );
  });

  test.each([
    ["list", "list|"],
    ["jsonSchemaPropsOrArray", "orArray|"],
    ["jsonSchemaPropsOrBool", "orBool|"],
    ["jsonSchemaPropsOrStringArray", "orStringArray|"],
    ["jsonSchemaProps", ""],
  ])("a message that is a %s in JSON", (special, start) => {
    const named = special === "jsonSchemaProps" ? "items,omitempty" : "";
    const items: ProtobufField = { number: 1, name: "items", json: named, type: { list: text } };
    expect(tableOf([items], {}, { special }).subject).toBe(`${start}items:*s`);
  });
});

describe("what the decoder does not know stops the generator", () => {
  test.each<readonly [ProtobufType, string]>([
    [{ scalar: "float32" }, '{"scalar":"float32"}'],
    [{ message: "Nowhere" }, '{"message":"Nowhere"}'],
    [{ message: "Envelope" }, '{"message":"Envelope"}'],
    [{ list: { list: text } }, '{"list":{"list":{"scalar":"string"}}}'],
    [{ list: { optional: text } }, '{"list":{"optional":{"scalar":"string"}}}'],
    [
      { map: { key: { scalar: "int32" }, value: text } },
      '{"map":{"key":{"scalar":"int32"},"value":{"scalar":"string"}}}',
    ],
    [{ map: { key: text, value: { optional: text } } }, '{"optional":{"scalar":"string"}}'],
  ])("a field of %o", (type, shown) => {
    expect(() => tableOf([field("a", type)])).toThrow(
      `Subject.theField has a type that the decoder does not know: ${shown}`,
    );
  });

  test("a message with a form of its own in JSON", () => {
    expect(() => tableOf([], {}, { special: "duration" })).toThrow(
      "Subject is a duration in JSON, which the decoder does not know",
    );
  });

  test.each([
    ["count,string", text, "Subject.theField is string in JSON, which the decoder does not know"],
    ["", text, 'Subject.theField has no name in JSON that the decoder could read: ""'],
    ["-", text, 'Subject.theField has no name in JSON that the decoder could read: "-"'],
    ["a b", text, 'Subject.theField has no name in JSON that the decoder could read: "a b"'],
    ["a:s", text, 'Subject.theField has no name in JSON that the decoder could read: "a:s"'],
    [
      ",inline",
      { optional: { message: "a.Meta" } },
      "Subject.theField is inlined and can be absent, which the decoder does not know",
    ],
  ] as const)("a field tagged %j", (json, type, message) => {
    expect(() => tableOf([field(json, type)])).toThrow(message);
  });
});
