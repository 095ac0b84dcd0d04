import type { GroupVersionKind } from "../load/openapi.ts";
import type { GroupVersion, Model, Resource, Subresource } from "../model/model.ts";
import { isReservedWord } from "../model/reserved-words.ts";
import { docComment } from "./docs.ts";
import type { ModuleNames } from "./module-names.ts";
import { memberType } from "./print-resource.ts";
import { key } from "./print-type.ts";

// Literals only: a bundler drops what is not used, and isolatedDeclarations needs no inference.

/** The constant that describes a resource. */
export function printDescriptor(resource: Resource, model: Model, names: ModuleNames): string {
  const { plural, kind, namespaced, verbs, singular, shortNames, categories, subresources } = resource;
  const lines = [
    `${place(resource)}, plural: ${text(plural)}, kind: ${text(kind.kind)}, namespaced: ${namespaced},`,
    `verbs: ${list(verbs)},`,
  ];
  if (singular !== undefined && singular !== "") lines.push(`singular: ${text(singular)},`);
  if (shortNames.length > 0) lines.push(`shortNames: ${list(shortNames)},`);
  if (categories.length > 0) lines.push(`categories: ${list(categories)},`);
  if (subresources.length > 0) {
    lines.push("subresources: {", ...subresources.map((one) => `  ${printSubresource(one)},`), "},");
  }
  const type = `${names.core("Resource")}<${memberType(resource, model, names)}>`;
  const docs = docComment(`${plural} of ${groupText(resource)}, for \`cluster.resource()\`.`, "", resource.deprecated);
  return `${docs}export const ${constName(resource)}: ${type} = {\n${lines.map((line) => `  ${line}\n`).join("")}};\n`;
}

/** The interface of a group's client and, under the same name, the constant that `cluster.api()` takes. */
export function printGroup(groupVersion: GroupVersion, model: Model, names: ModuleNames): string {
  const { name, resources } = groupVersion;
  const members = resources
    .map(
      (one) =>
        `${docComment("", "  ", one.deprecated)}  readonly ${key(one.name)}: ${memberType(one, model, names)};\n`,
    )
    .join("");
  const values = resources.map((one) => `    ${entry(one)},\n`).join("");
  return [
    `/** The client of ${groupText(groupVersion)}. */\n`,
    `export interface ${name} {${members === "" ? "" : `\n${members}`}}\n`,
    `\n/** ${groupText(groupVersion)}, for \`cluster.api(${name})\`. */\n`,
    `export const ${name}: ${names.core("Group")}<${name}> = {\n  ${place(groupVersion)},\n`,
    `  resources: {${values === "" ? "" : `\n${values}  `}},\n};\n`,
  ].join("");
}

function entry(resource: Resource): string {
  const value = constName(resource);
  return resource.name === value ? value : `${key(resource.name)}: ${value}`;
}

/** The name of a resource's constant. A plural may be a word of the language; the member of the group has it all the same. */
export function constName({ name }: Resource): string {
  return isReservedWord(name) ? `${name}_` : name;
}

function printSubresource({ name, kind, verbs }: Subresource): string {
  return `${key(name)}: { ${place(kind)}, kind: ${text(kind.kind)}, verbs: ${list(verbs)} }`;
}

/** The core group has no name of its own. */
function groupText({ group, version }: Pick<GroupVersionKind, "group" | "version">): string {
  return `${group === "" ? "core" : group}/${version}`;
}

function place({ group, version }: Pick<GroupVersionKind, "group" | "version">): string {
  return `group: ${text(group)}, version: ${text(version)}`;
}

function list(texts: readonly string[]): string {
  return `[${texts.map(text).join(", ")}]`;
}

function text(value: string): string {
  return JSON.stringify(value);
}
