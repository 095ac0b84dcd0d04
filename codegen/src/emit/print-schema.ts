import type { Schema } from "../model/model.ts";
import { docComment } from "./docs.ts";
import type { ModuleNames } from "./module-names.ts";
import { isObjectType, printMembers, printType, type PrintContext } from "./print-type.ts";
import type { TypeNodes } from "./type-nodes.ts";

/** The exported interface of a schema; a type alias where it is no object with properties. */
export function printSchema(schema: Schema, types: TypeNodes, names: ModuleNames): string {
  const context: PrintContext = { types, nameOf: (fullName) => names.schema(fullName) };
  const node = types.of(schema.fullName);
  const docs = docComment(schema.json.description ?? "");
  if (!isObjectType(node)) return `${docs}export type ${schema.typeName} = ${printType(node, context, "")};\n`;
  const bases = basesOf(schema, names);
  const head = bases.length === 0 ? schema.typeName : `${schema.typeName} extends ${bases.join(", ")}`;
  return `${docs}export interface ${head} {\n${printMembers(node, context, "  ")}}\n`;
}

function basesOf({ served, mapKeys }: Schema, names: ModuleNames): string[] {
  const bases: string[] = [];
  if (served !== undefined) {
    const base = names.core(served.scope === "Cluster" ? "ClusterObject" : "NamespacedObject");
    bases.push(served.present.length === 0 ? base : `${base}<${union(served.present)}>`);
  }
  if (mapKeys.length > 0) bases.push(`${names.core("ListMapItem")}<${union(mapKeys)}>`);
  return bases;
}

function union(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(" | ");
}
