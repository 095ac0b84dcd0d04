import type { InternalField } from "../load/server-knowledge.ts";
import { header } from "./print-module.ts";

/** For packages/testing: the structs of the server's own that its messages show, a line for each. */
export function serverInternalFile(types: Readonly<Record<string, readonly InternalField[]>>, origin: string): string {
  const lines = Object.entries(types)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, fields]) => `  ${name}: ${JSON.stringify(fields.map(fieldText).join(" "))},\n`);
  return [
    header(origin),
    "/**",
    " * By name, the fields of structs as `Name(from)=zero:Type`: what JSON calls a field, what the public version does where that is not the",
    " * same but for a small first letter, what is shown where it is missing, and the struct within. Without a zero, that is shown with",
    " * nothing in it. Without a name, it is all fields of what `from` holds.",
    " */",
    `export const internalTypes: Readonly<Record<string, string>> = {\n${lines.join("")}};\n`,
  ].join("\n");
}

function fieldText({ name, from, zero, type }: InternalField): string {
  const isPlain = name !== "" && from === `${name[0]!.toLowerCase()}${name.slice(1)}`;
  const shown = zero === undefined ? "" : JSON.stringify(zero);
  return `${name}${isPlain ? "" : `(${from})`}=${shown}${type === undefined ? "" : `:${type}`}`;
}
