import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kinds, messages } from "../gen/table.ts";
import { type Field, type Message, type Union, valueKinds } from "./message.ts";
import { createSchema } from "./schema.ts";

/** A message of its own at the place 0, beside others. */
function message(text: string, ...others: readonly string[]): Message {
  const found = createSchema([text, ...others], { "v1 Thing": 0 }).kind("v1", "Thing");
  if (found === undefined) throw new Error("no message");
  return found;
}

/** What JSON always has, a message's zero as its name here. */
function always({ always: all }: Message): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    all.map(([key, zero]) => [key, typeof zero === "object" && zero !== null && "fields" in zero ? "message" : zero]),
  );
}

describe("what JSON has where the wire has nothing", () => {
  test.each([
    ["s", ""],
    ["b", false],
    ["i", 0],
    ["l", 0],
    ["d", 0],
    ["y", null],
    ["*s", null],
    ["%s", null],
    ["T", null],
    ["M", null],
    ["q", "0"],
    ["o", 0],
    ["F", null],
    ["R", null],
    ["J", null],
    ["1", "message"],
    ["2", null],
  ])("of a field of %s", (type, zero) => {
    const others = ["name:s", "list|items:*s"];
    expect(always(message(`a!:${type}`, ...others))).toEqual({ a: zero });
    // A pointer, a list and a map are null without omitempty, and left out with it.
    const holds = /^[*%]/.test(type);
    if (!holds) expect(always(message(`a?!:${type}`, ...others))).toEqual({ a: null });
    expect(always(message(`a?:${type}`, ...others))).toEqual({});
    // For encoding/json, omitempty means nothing of a struct.
    const struct = /^[TMqoFRJ1]$/.test(type);
    expect(always(message(`a:${type}`, ...others))).toEqual(struct ? { a: zero } : {});
    expect(always(message(`a~:${type}`, ...others))).toEqual({});
  });

  test("of the items of a list is an empty list", () => {
    expect(always(message("^|metadata:1 items[:*1", "name:s"))).toEqual({ metadata: "message", items: [] });
  });

  test("of an inlined message is what its own fields are", () => {
    const outer = message("x!:s +:1 2=y!:b", "a!:i +:2 hidden:s", "deep!:s meta:3", "name:s");
    expect(Object.keys(always(outer))).toEqual(["x", "a", "deep", "meta", "y"]);
  });

  test("of messages that hold each other in a circle", () => {
    const outer = message("next?:0 list:*1", "up!:0 name!:s");
    expect(outer.fields[1]?.message).toBe(outer);
    expect(outer.fields[2]?.message?.fields[1]?.message).toBe(outer);
    expect(outer.fields[2]?.message?.always).toEqual([
      ["up", outer],
      ["name", ""],
    ]);
  });
});

/** openapi/protobuf.json, as it was captured. */
interface Captured {
  readonly envelope: string;
  readonly messages: Readonly<Record<string, CapturedMessage>>;
}

interface CapturedMessage {
  readonly kinds?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
  readonly typeMeta?: boolean;
  readonly special?: string;
  readonly fields: readonly { number: number; name: string; json: string; type: CapturedType }[];
}

interface CapturedType {
  readonly scalar?: string;
  readonly message?: string;
  readonly list?: CapturedType;
  readonly map?: { readonly value: CapturedType };
  readonly optional?: CapturedType;
}

const scalars = { string: "string", bool: "bool", int32: "int32", int64: "int64", float64: "double", bytes: "bytes" };
const unions: Readonly<Record<string, Union>> = {
  list: "list",
  jsonSchemaPropsOrArray: "orArray",
  jsonSchemaPropsOrBool: "orBool",
  jsonSchemaPropsOrStringArray: "orStringArray",
};

/** Of which objects within objects API servers say in JSON what they are. */
function typeMetaOf(owner: CapturedMessage, field: string): Field["typeMeta"] {
  if (field === "volumeClaimTemplates") return { apiVersion: "v1", kind: "PersistentVolumeClaim" };
  const [list] = owner.kinds ?? [];
  if (field !== "items" || list?.kind !== "PartialObjectMetadataList") return undefined;
  return { apiVersion: `${list.group}/${list.version}`, kind: "PartialObjectMetadata" };
}

describe("the generated table", () => {
  const captured = JSON.parse(
    readFileSync(new URL("../../../../openapi/protobuf.json", import.meta.url), "utf8"),
  ) as Captured;
  const known = (name: string): CapturedMessage => {
    const found = captured.messages[name];
    if (found === undefined) throw new Error(`${name} was not captured`);
    return found;
  };

  /** What a field is to be, and the name of the message that it leads to. */
  function expectedOf(owner: CapturedMessage, { number, name, json, type }: CapturedMessage["fields"][number]) {
    const [key = "", ...flags] = json.split(",");
    const held = type.optional ?? type;
    const { scalar, message: target } = held.list ?? held.map?.value ?? held;
    const special = target === undefined ? undefined : known(target).special;
    const isValue = special !== undefined && special in valueKinds;
    const kind = scalar === undefined ? (isValue ? special : "message") : scalars[scalar as keyof typeof scalars];
    const holds = held.list !== undefined ? "list" : held.map !== undefined ? "map" : "one";
    const wire = holds === "map" ? 2 : { bool: 0, int32: 0, int64: 0, double: 1 }[kind as string];
    const union = unions[owner.special ?? ""];
    const isItems = owner.typeMeta === true && name === "items" && holds === "list";
    const typeMeta = typeMetaOf(owner, name);
    const field: Omit<Field, "message"> = {
      number,
      tag: (number << 3) | (wire ?? 2),
      key: union === undefined ? key : name,
      kind: valueKinds[kind as keyof typeof valueKinds],
      holds,
      pointer: type.optional !== undefined,
      omitEmpty: flags.includes("omitempty") || flags.includes("inline") || union !== undefined,
      omitZero: flags.includes("omitzero"),
      neverNull: isItems && typeMeta === undefined,
      inline: flags.includes("inline"),
      typeMeta,
    };
    return { field, target: isValue ? undefined : target };
  }

  test("has every field of every message, each as it was captured", () => {
    const schema = createSchema(messages, kinds);
    const seen = new Map<Message, string>();
    const wrong: string[] = [];
    const visit = (name: string, found: Message | undefined): void => {
      if (found === undefined) return void wrong.push(`${name} is missing`);
      if (seen.has(found)) return void (seen.get(found) === name || wrong.push(`${name} is ${seen.get(found)}`));
      seen.set(found, name);
      const owner = known(name);
      expect({ union: found.union, typeMeta: found.typeMeta }, name).toEqual({
        union: unions[owner.special ?? ""],
        typeMeta: owner.typeMeta ?? false,
      });
      const expected = owner.fields.map((field) => expectedOf(owner, field));
      const fields = found.fields.filter((field) => field !== undefined);
      const inOrder = expected.map(({ field }) => field).toSorted((a, b) => a.number - b.number);
      expect(fields, name).toEqual(
        inOrder.map((field) => ({ ...field, message: found.fields[field.number]?.message })),
      );
      for (const { field, target } of expected) {
        const inner = found.fields[field.number]?.message;
        if (target !== undefined) visit(target, inner);
        else if (inner !== undefined) wrong.push(`field ${field.number} of ${name} has a message`);
      }
    };
    let count = 0;
    for (const [name, { kinds: all = [] }] of Object.entries(captured.messages)) {
      for (const { group, version, kind } of all) {
        count++;
        visit(name, schema.kind(group === "" ? version : `${group}/${version}`, kind));
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBe(Object.keys(kinds).length);
    // No kind has the one that is left: it is a part of the envelope.
    expect(seen.size).toBe(messages.length - 1);
  });

  test("knows no kind that was not captured", () => {
    const schema = createSchema(messages, kinds);
    for (const [apiVersion, kind] of [
      ["example.com/v1", "Pod"],
      ["v1", "Pods"],
      ["v1", ""],
      ["", ""],
      ["", "constructor"],
    ])
      expect(schema.kind(apiVersion!, kind!)).toBeUndefined();
    expect(schema.kind("v1", "Pod")).toBe(schema.kind("v1", "Pod"));
  });
});
