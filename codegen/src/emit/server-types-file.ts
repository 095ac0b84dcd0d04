import { SpecError } from "../checks/problems.ts";
import type { JsonSchema } from "../load/openapi.ts";
import type { ProtobufSchema, ProtobufType } from "../load/protobuf-schema.ts";
import {
  isObject,
  type SaidOfField,
  type ServerField,
  type ServerType,
  type ServerTypes,
} from "../model/server-types.ts";
import { header } from "./print-module.ts";
import { scalarLetters, valueLetters } from "./type-letters.ts";

// packages/testing/src/knowledge/read-type.ts reads these texts, and says what they mean.

/** Types that write their JSON themselves. */
const values: Readonly<Record<string, string>> = {
  ...valueLetters,
  unknown: "R",
  jsonSchemaPropsOrArray: "J",
  jsonSchemaPropsOrBool: "J",
  jsonSchemaPropsOrStringArray: "J",
};

/** For packages/testing: the types of all kinds, field by field. */
export function serverTypesFile({ types, kinds }: ServerTypes, protobuf: ProtobufSchema, origin: string): string {
  const indexes = new Map(types.map(({ goName }, index) => [goName, index]));
  const lines = types.map((type) => `  ${JSON.stringify(typeText(type, protobuf, indexes))},\n`);
  const kindLines = [...kinds]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, goName]) => `  ${JSON.stringify(kind)}: ${indexes.get(goName)},\n`);
  return [
    header(origin),
    "/** Every type, as text. */",
    `export const types: readonly string[] = [\n${lines.join("")}];\n`,
    "/** The type of each kind, by `apiVersion kind`. */",
    `export const kinds: Readonly<Record<string, number>> = {\n${kindLines.join("")}};\n`,
  ].join("\n");
}

type Indexes = ReadonlyMap<string, number>;

function typeText({ schema, atomic, fields }: ServerType, protobuf: ProtobufSchema, indexes: Indexes): string {
  const printed = fields.map((field) => {
    try {
      return fieldText(field, protobuf, indexes);
    } catch (cause) {
      if (cause instanceof SpecError) throw new SpecError([`${schema}.${field.name}: ${cause.message}`]);
      throw cause;
    }
  });
  return [`${schema}${atomic ? ";a" : ""}`, ...printed].join(" ");
}

function fieldText(field: ServerField, protobuf: ProtobufSchema, indexes: Indexes): string {
  const marks = [
    field.pointer ? "?" : "",
    field.omitEmpty ? "" : "!",
    field.omitZero ? "~" : "",
    field.required ? "*" : "",
  ].join("");
  const said = field.said === undefined ? [] : attributes(field.said);
  const goTypes = field.goTypes === undefined ? [] : [`g=${field.goTypes.join(">")}`];
  return [`${field.name}${marks}:${valueText(field.type, protobuf, indexes)}`, ...said, ...goTypes].join(";");
}

function valueText(type: ProtobufType, protobuf: ProtobufSchema, indexes: Indexes): string {
  const { scalar, message, list, map, optional } = type;
  if (optional !== undefined) return valueText(optional, protobuf, indexes);
  if (list !== undefined) return `*${valueText(list, protobuf, indexes)}`;
  if (map !== undefined) return `%${valueText(map.value, protobuf, indexes)}`;
  if (scalar !== undefined && scalar in scalarLetters) return scalarLetters[scalar]!;
  const found = message === undefined ? undefined : protobuf.messages[message];
  if (found !== undefined) {
    if (isObject(found)) return String(indexes.get(message!));
    if (found.special === "list") return valueText(found.fields[0]!.type, protobuf, indexes);
    const value = values[found.special!];
    if (value !== undefined) return value;
  }
  throw new SpecError([`its type is one that packages/testing does not know: ${JSON.stringify(type)}`]);
}

function attributes(said: SaidOfField): readonly string[] {
  const found: string[] = [];
  const listType = said["x-kubernetes-list-type"];
  if (listType !== undefined) found.push(`l=${[listType, ...(said["x-kubernetes-list-map-keys"] ?? [])].join(",")}`);
  if (said["x-kubernetes-map-type"] === "atomic") found.push("a");
  const strategy = said["x-kubernetes-patch-strategy"];
  if (strategy !== undefined) found.push(`p=${strategy}`);
  const mergeKey = said["x-kubernetes-patch-merge-key"];
  if (mergeKey !== undefined) found.push(`k=${mergeKey}`);
  const values = enumIn(said);
  if (values !== undefined) found.push(`e=${values.map((one) => encodeURIComponent(String(one))).join(",")}`);
  if (said.default !== undefined && !isZero(said.default)) {
    found.push(`d=${encodeURIComponent(JSON.stringify(said.default))}`);
  }
  return found;
}

/** Of the value, of the items or of the entries. */
function enumIn(said: JsonSchema): readonly unknown[] | undefined {
  const { items, additionalProperties } = said;
  const inner = items ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
  return said.enum ?? (inner === undefined ? undefined : enumIn(inner));
}

/** What a field has anyhow when it is not sent. */
function isZero(value: unknown): boolean {
  return value === "" || value === 0 || value === false || JSON.stringify(value) === "{}";
}
