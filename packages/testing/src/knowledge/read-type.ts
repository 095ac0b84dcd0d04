import type { Field, ObjectType, PatchStrategy, ScalarKind, Value } from "./object-type.ts";

const scalars: Readonly<Record<string, readonly [kind: ScalarKind, goType: string]>> = {
  s: ["string", "string"],
  b: ["bool", "bool"],
  i: ["int32", "int32"],
  l: ["int64", "int64"],
  d: ["double", "float64"],
  y: ["bytes", "[]uint8"],
  T: ["time", "v1.Time"],
  M: ["microTime", "v1.MicroTime"],
  q: ["quantity", "resource.Quantity"],
  o: ["intOrString", "intstr.IntOrString"],
  F: ["fieldsV1", "v1.FieldsV1"],
  R: ["raw", "runtime.RawExtension"],
  J: ["json", "v1.JSON"],
};

const fieldText = /^([^?!~*:]+)([?!~*]*):([*%]*)(\w+)(?:;(.*))?$/;

/** The name that Go's errors use, out of that of the schema: `io.k8s.api.core.v1.Pod` is `v1.Pod`. */
function goNameOf(schema: string): string {
  return schema.split(".").slice(-2).join(".");
}

/**
 * Reads a type of the generated table, its fields when they are first asked for:
 *
 * - the name of its schema, `;a` when it is atomic; then its fields with a space before each: `name marks:type;attributes`;
 * - marks: `?` a pointer, `!` not left out when empty, `~` left out when a zero struct, `*` required;
 * - type: `*` a list, `%` a map, each perhaps of the next; then a letter of `scalars` or the place of a type in the table;
 * - attributes: `l=` list type and keys, `a` atomic, `p=` patch strategies, `k=` patch merge key, `e=` enum, `d=` default,
 *   `g=` Go's names for the type of the field, of its items and so on, with `>` between.
 *
 * @throws Error for a text that is none
 */
export function readType(text: string, typeAt: (index: number) => ObjectType): ObjectType {
  const end = text.indexOf(" ");
  const [head, rest] = end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
  const atomic = head.endsWith(";a");
  const schema = atomic ? head.slice(0, -";a".length) : head;
  let fields: ReadonlyMap<string, Field> | undefined;
  return {
    name: goNameOf(schema),
    schema,
    atomic,
    get fields() {
      fields ??= new Map(
        rest
          .split(" ")
          .filter((part) => part !== "")
          .map((part) => readField(part, typeAt))
          .map((field) => [field.name, field]),
      );
      return fields;
    },
  };
}

function readField(text: string, typeAt: (index: number) => ObjectType): Field {
  const [, name, marks = "", holds = "", type = "", attributes = ""] = fieldText.exec(text) ?? [];
  if (name === undefined) throw new Error(`The table of types has a field that cannot be read: ${text}`);
  const said = new Map(
    attributes
      .split(";")
      .filter((part) => part !== "")
      .map((part) => {
        const at = part.indexOf("=");
        return at < 0 ? ([part, ""] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
      }),
  );
  const encoded = said.get("d");
  return {
    name,
    value: readValue(holds, type, said, said.get("g")?.split(">") ?? [], typeAt),
    empty: marks.includes("!") ? "always" : marks.includes("~") ? "omitzero" : "omitempty",
    pointer: marks.includes("?"),
    required: marks.includes("*"),
    default: encoded === undefined ? undefined : (JSON.parse(decodeURIComponent(encoded)) as unknown),
    patchStrategy: list(said.get("p")) as readonly PatchStrategy[],
    patchMergeKey: said.get("k"),
  };
}

type Said = ReadonlyMap<string, string>;

function readValue(
  holds: string,
  type: string,
  said: Said,
  [goType, ...goTypes]: readonly string[],
  typeAt: (index: number) => ObjectType,
): Value {
  const within = (): Value => readValue(holds.slice(1), type, innerSaid(said), goTypes, typeAt);
  if (holds.startsWith("*")) {
    const of = within();
    const [listType, ...keys] = list(said.get("l"));
    return {
      is: "list",
      goType: goType ?? `[]${of.goType}`,
      of,
      listType: listType as "atomic" | "set" | "map" | undefined,
      keys,
    };
  }
  if (holds.startsWith("%")) {
    const of = within();
    return { is: "map", goType: goType ?? `map[string]${of.goType}`, of, atomic: said.has("a") };
  }
  if (/^\d/.test(type)) {
    const found = typeAt(Number(type));
    return { is: "object", goType: found.name, type: found, atomic: said.has("a") || found.atomic };
  }
  const scalar = scalars[type];
  if (scalar === undefined) throw new Error(`The table of types has an unknown type ${type}`);
  const values = said.get("e");
  return {
    is: scalar[0],
    goType: goType ?? scalar[1],
    enum: values === undefined ? undefined : list(values).map(decodeURIComponent),
  };
}

/** What is said of a list or map is not said of what is in it, but its enum. */
function innerSaid(said: Said): Said {
  const values = said.get("e");
  return new Map(values === undefined ? [] : [["e", values]]);
}

function list(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(",");
}
