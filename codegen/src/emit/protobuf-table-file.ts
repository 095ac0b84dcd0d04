import { SpecError } from "../checks/problems.ts";
import type { ProtobufField, ProtobufMessage, ProtobufSchema, ProtobufType } from "../load/protobuf-schema.ts";
import { header } from "./print-module.ts";
import { scalarLetters, valueLetters } from "./type-letters.ts";

// packages/protobuf/src/schema/read-message.ts reads these texts, and says what they mean.

/** Special in what it takes from JSON only. */
const plain = "jsonSchemaProps";

/** Messages that are in JSON what one of their fields is. */
const unions: Readonly<Record<string, string>> = {
  list: "list",
  jsonSchemaPropsOrArray: "orArray",
  jsonSchemaPropsOrBool: "orBool",
  jsonSchemaPropsOrStringArray: "orStringArray",
};

/**
 * Objects within objects that say in JSON what they are; API servers see to that where they convert (kubernetes pkg/apis/apps/v1/
 * conversion.go) or answer (apiserver pkg/endpoints/handlers/response.go, asPartialObjectMetadataList).
 */
const typeMetas: Readonly<Record<string, string>> = {
  "k8s.io/api/apps/v1.StatefulSetSpec.volumeClaimTemplates": "v1/PersistentVolumeClaim",
  "k8s.io/api/apps/v1beta1.StatefulSetSpec.volumeClaimTemplates": "v1/PersistentVolumeClaim",
  "k8s.io/api/apps/v1beta2.StatefulSetSpec.volumeClaimTemplates": "v1/PersistentVolumeClaim",
  "k8s.io/apimachinery/pkg/apis/meta/v1.PartialObjectMetadataList.items": "meta.k8s.io/v1/PartialObjectMetadata",
  "k8s.io/apimachinery/pkg/apis/meta/v1beta1.PartialObjectMetadataList.items":
    "meta.k8s.io/v1beta1/PartialObjectMetadata",
};

/** For packages/protobuf: every message of Kubernetes, its fields as they are on the wire and in JSON. */
export function protobufTableFile(schema: ProtobufSchema, origin: string): string {
  const all = new Map(Object.entries(schema.messages));
  const names = [...all.keys()].filter((name) => name !== schema.envelope && !isValue(all.get(name))).toSorted();
  const indexes = new Map(names.map((name, index) => [name, index]));
  const messages = names.map((name) => {
    const message = all.get(name)!;
    return `  ${JSON.stringify(messageText(name, message, all, indexes))}, // ${name}\n`;
  });
  const kinds = names.flatMap((name) =>
    (all.get(name)!.kinds ?? []).map(
      ({ group, version, kind }) =>
        [`${group === "" ? "" : `${group}/`}${version} ${kind}`, indexes.get(name)!] as const,
    ),
  );
  return [
    header(origin),
    "/** Every message, as text. */",
    `export const messages: readonly string[] = [\n${messages.join("")}];\n`,
    "/** The message of each kind, by `apiVersion kind`. */",
    `export const kinds: Readonly<Record<string, number>> = {\n${kinds
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, index]) => `  ${JSON.stringify(key)}: ${index},\n`)
      .join("")}};\n`,
  ].join("\n");
}

type Messages = ReadonlyMap<string, ProtobufMessage>;

function isValue(message: ProtobufMessage | undefined): boolean {
  return message?.special !== undefined && message.special in valueLetters;
}

function messageText(
  name: string,
  message: ProtobufMessage,
  all: Messages,
  indexes: ReadonlyMap<string, number>,
): string {
  const special = message.special === plain ? undefined : message.special;
  const union = special === undefined ? undefined : unions[special];
  if (special !== undefined && union === undefined) {
    throw new SpecError([`${name} is a ${special} in JSON, which the decoder does not know`]);
  }
  let expected = 1;
  const fields = message.fields
    .toSorted((a, b) => a.number - b.number)
    .map((field) => {
      const number = field.number === expected ? "" : `${field.number}=`;
      expected = field.number + 1;
      const isItems = message.typeMeta === true && field.name === "items" && field.type.list !== undefined;
      return `${number}${fieldText(name, field, union !== undefined, isItems, all, indexes)}`;
    });
  return (
    [...(union === undefined ? [] : [`${union}|`]), ...(message.typeMeta ? ["^|"] : [])].join("") + fields.join(" ")
  );
}

/** What the text of a field can hold as its name. */
const nameable = /^[\w$.-]+$/;
const knownFlags = ["omitempty", "omitzero", "inline"];

function fieldText(
  owner: string,
  field: ProtobufField,
  unnamed: boolean,
  isItems: boolean,
  all: Messages,
  indexes: ReadonlyMap<string, number>,
): string {
  const place = `${owner}.${field.name}`;
  const [tag = "", ...flags] = field.json.split(",");
  const key = unnamed ? field.name : tag;
  const pointer = field.type.optional !== undefined;
  const inline = !unnamed && key === "" && flags.includes("inline");
  const unknown = flags.find((flag) => !knownFlags.includes(flag));
  if (unknown !== undefined) throw new SpecError([`${place} is ${unknown} in JSON, which the decoder does not know`]);
  if (inline && pointer)
    throw new SpecError([`${place} is inlined and can be absent, which the decoder does not know`]);
  if (!inline && (key === "-" || !nameable.test(key)))
    throw new SpecError([`${place} has no name in JSON that the decoder could read: ${JSON.stringify(field.json)}`]);
  const typeMeta = typeMetas[place];
  const marks = [
    inline ? "+" : "",
    pointer ? "?" : "",
    flags.includes("omitempty") || inline || unnamed ? "" : isItems && typeMeta === undefined ? "[" : "!",
    flags.includes("omitzero") ? "~" : "",
  ].join("");
  const type = typeText(place, field.type.optional ?? field.type, all, indexes);
  return `${key}${marks}:${type}${typeMeta === undefined ? "" : `@${typeMeta}`}`;
}

function typeText(place: string, type: ProtobufType, all: Messages, indexes: ReadonlyMap<string, number>): string {
  const { scalar, message, list, map } = type;
  if (list !== undefined && list.list === undefined && list.map === undefined && list.optional === undefined)
    return `*${typeText(place, list, all, indexes)}`;
  if (map !== undefined && map.key.scalar === "string" && map.value.list === undefined && map.value.map === undefined)
    return `%${typeText(place, map.value, all, indexes)}`;
  const code = scalar === undefined ? undefined : scalarLetters[scalar];
  if (code !== undefined) return code;
  if (message !== undefined) {
    const value = valueLetters[all.get(message)?.special ?? ""];
    const index = indexes.get(message);
    if (value !== undefined) return value;
    if (index !== undefined) return String(index);
  }
  throw new SpecError([`${place} has a type that the decoder does not know: ${JSON.stringify(type)}`]);
}
