import type { Model } from "../model/model.ts";
import type { Layout } from "./layout.ts";
import { moduleNames, type ModuleContent } from "./module-names.ts";
import { printDescriptor, printGroup } from "./print-descriptor.ts";
import { printResourceClient } from "./print-resource.ts";
import { printFilledSchema, printSchema } from "./print-schema.ts";
import type { TypeNodes } from "./type-nodes.ts";

/** The text of a group-version's module. */
export function printModule(content: ModuleContent, model: Model, types: TypeNodes, layout: Layout): string {
  const { schemas, groupVersion } = content;
  const names = moduleNames(content, model, layout);
  const parts = schemas
    .toSorted((a, b) => (a.typeName < b.typeName ? -1 : 1))
    .flatMap((schema) => [
      printSchema(schema, types, names),
      ...(schema.filled ? [printFilledSchema(schema, model, types, names)] : []),
    ]);
  for (const resource of groupVersion?.resources ?? []) {
    parts.push(printResourceClient(resource, model, names), printDescriptor(resource, model, names));
  }
  if (groupVersion !== undefined) parts.push(printGroup(groupVersion, model, names));
  const imports = names.imports();
  return [header(layout.origin ?? content.module), ...(imports === "" ? [] : [imports]), ...parts].join("\n");
}

const signature = "// Written by @kubewright/codegen from ";

/** The first line of every generated module; `origin` says what it was made from. */
export function header(origin: string): string {
  return `${signature}${origin}. Do not edit.\n`;
}

/** True for the text of a generated module. */
export function isWrittenByUs(text: string): boolean {
  return text.startsWith(signature);
}
