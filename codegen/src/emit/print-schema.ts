import { leadsTo } from "../model/filled.ts";
import { objectMeta } from "../model/special-schemas.ts";
import type { Model, Schema } from "../model/model.ts";
import { docComment } from "./docs.ts";
import type { ModuleNames } from "./module-names.ts";
import { isObjectType, key, memberTypes, printMembers, printType, type PrintContext } from "./print-type.ts";
import { propertyName, type TypeNodes } from "./type-nodes.ts";

/** The exported interface of a schema; a type alias where it is not an object with properties. */
export function printSchema(schema: Schema, types: TypeNodes, names: ModuleNames): string {
  const context = contextOf(types, names);
  const node = types.of(schema.fullName);
  const docs = docComment(schema.json.description ?? "", "", schema.deprecated);
  if (!isObjectType(node)) return `${docs}export type ${schema.typeName} = ${printType(node, context, "")};\n`;
  const bases = basesOf(schema, names);
  const head = bases.length === 0 ? schema.typeName : `${schema.typeName} extends ${bases.join(", ")}`;
  return `${docs}export interface ${head} {\n${printMembers(node, context, "  ")}}\n`;
}

/**
 * The interface of what the server returns, where it fills in what a writer left out. Such a field is always there to read, and may
 * be left out in what is assigned.
 */
export function printFilledSchema(
  { fullName, typeName, json }: Schema,
  model: Model,
  types: TypeNodes,
  names: ModuleNames,
): string {
  const writing = contextOf(types, names);
  const filledSchemas = new Set([...model.schemas.values()].flatMap((one) => (one.filled ? [one.fullName] : [])));
  const reading: PrintContext = {
    ...writing,
    nameOf: (name) => (filledSchemas.has(name) ? filledName(names.schema(name)) : names.schema(name)),
  };
  const filled = new Set(json["x-kubewright-filled"]);
  const members = memberTypes(types.of(fullName)).map(({ member, type, isOptional }) => {
    const name = propertyName(member)!;
    const schema = types.schemaOf(member) ?? {};
    if (!filled.has(name) && !leadsTo(schema, filledSchemas)) return "";
    const docs = docComment(schema.description ?? "", "  ");
    const read = printType(type, reading, "  ");
    if (isOptional && !filled.has(name)) return `${docs}  ${key(name)}?: ${read};\n`;
    // What is assigned has the type that the writing interface names.
    return `${docs}  get ${key(name)}(): ${read};\n  set ${key(name)}(value: ${typeName}[${JSON.stringify(name)}]);\n`;
  });
  const docs = `/** {@link ${typeName}} as the server returns it, with what it fills in. */\n`;
  return `${docs}export interface ${filledName(typeName)} extends ${typeName} {\n${members.join("")}}\n`;
}

/** No name of the API has the `_`, so nothing else is called so. */
function filledName(typeName: string): string {
  return `${typeName}_Stored`;
}

function contextOf(types: TypeNodes, names: ModuleNames): PrintContext {
  return { types, nameOf: (fullName) => names.schema(fullName), core: (name) => names.core(name) };
}

function basesOf({ fullName, served, mapKeys, filled, typeName }: Schema, names: ModuleNames): string[] {
  const bases: string[] = [];
  if (served !== undefined) {
    const base = names.core(served.scope === "Cluster" ? "ClusterObject" : "NamespacedObject");
    const present = served.present.length === 0 ? "never" : union(served.present);
    const marks = filled ? [present, filledName(typeName)] : served.present.length === 0 ? [] : [present];
    bases.push(marks.length === 0 ? base : `${base}<${marks.join(", ")}>`);
  }
  if (fullName === objectMeta) bases.push(names.core("WholeMetadata"));
  if (mapKeys.length > 0) bases.push(`${names.core("ListMapItem")}<${union(mapKeys)}>`);
  return bases;
}

function union(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(" | ");
}
