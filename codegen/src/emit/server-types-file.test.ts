import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../load/openapi.ts";
import type { ProtobufField, ProtobufMessage, ProtobufSchema } from "../load/protobuf-schema.ts";
import { serverTypes } from "../model/server-types.ts";
import { serverTypesFile } from "./server-types-file.ts";

function field(json: string, type: ProtobufField["type"], more: Partial<ProtobufField> = {}): ProtobufField {
  return { number: 1, name: json, json, type, ...more };
}

function message(fields: readonly ProtobufField[], more: Partial<ProtobufMessage> = {}): ProtobufMessage {
  return { openapi: "io.light.v1.Lamp", fields, ...more };
}

function lines(messages: Readonly<Record<string, ProtobufMessage>>, schema: JsonSchema = {}, goTypes = {}): string[] {
  const protobuf: ProtobufSchema = { envelope: "Unknown", messages };
  const found = serverTypes({
    protobuf,
    goTypes,
    schemas: new Map([["io.light.v1.Lamp", schema]]),
    groupVersions: new Set(["light/v1"]),
  });
  return [...serverTypesFile(found, protobuf, "a test").matchAll(/^ {2}"(io\.[^"]+)",$/gm)].map(([, text]) => text!);
}

const kinds = [{ group: "light", version: "v1", kind: "Lamp" }];
const string = { scalar: "string" };

describe("types of the server", () => {
  test("tags, pointers and what OpenAPI says of a field", () => {
    const fields = [
      field("name", string),
      field("mode,omitempty", { optional: string }),
      field("since,omitempty,omitzero", { message: "Time" }),
      field("ports", { list: { scalar: "int32" } }),
    ];
    const schema: JsonSchema = {
      required: ["name"],
      properties: {
        mode: { enum: ["a b", "c"], default: "c" },
        ports: { "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["number"] },
      },
    };
    const messages = {
      Lamp: message(fields, { kinds, typeMeta: true }),
      Time: message([], { openapi: "Time", special: "time" }),
    };
    expect(lines(messages, schema, { Lamp: { mode: ["v1.Mode"] } })).toEqual([
      "io.light.v1.Lamp kind:s apiVersion:s name!*:s mode?:s;e=a%20b,c;d=%22c%22;g=v1.Mode since~:T ports!:*i;l=map,number",
    ]);
  });

  test("fields of embedded structs stand where the struct is, named lists are lists", () => {
    const messages = {
      Lamp: message([field(",inline", { message: "Source" }, { embedded: true }), field("last!", string)], { kinds }),
      Source: message([field("names", { map: { key: string, value: { message: "Names" } } })]),
      Names: message([field("", { list: string })], { special: "list" }),
    };
    expect(lines(messages)).toEqual(["io.light.v1.Lamp names!:%*s last!!:s"]);
  });

  test("only what the kinds of the wanted versions are made of is there", () => {
    const messages = {
      Lamp: message([], { kinds }),
      Torch: message([], { openapi: "io.light.v2.Torch", kinds: [{ group: "light", version: "v2", kind: "Torch" }] }),
    };
    expect(lines(messages)).toEqual(["io.light.v1.Lamp"]);
  });

  test("a type in OpenAPI with fields that Go does not have is refused", () => {
    const messages = { Lamp: message([field("name", string)], { kinds }) };
    expect(() => lines(messages, { properties: { name: {}, color: {} } })).toThrow("Lamp has no field for color");
  });

  test("a value that the reader would not know is refused, and where it stands", () => {
    const messages = { Lamp: message([field("odd", { scalar: "uint64" })], { kinds }) };
    expect(() => lines(messages)).toThrow("io.light.v1.Lamp.odd: its type is one that packages/testing does not know");
  });
});
