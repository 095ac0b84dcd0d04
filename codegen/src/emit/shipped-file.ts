import type { Model } from "../model/model.ts";
import { header } from "./print-module.ts";

/** The types that kubewright's modules export, for the generator itself: a user's modules import them. */
export function shippedFile(model: Model, origin: string): string {
  const names = new Map<string, string[]>();
  for (const { module, typeName } of model.schemas.values()) {
    names.set(module, [...(names.get(module) ?? []), typeName]);
  }
  const lines = [...names]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([module, types]) =>
        `  ${JSON.stringify(module)}: [\n${types
          .toSorted()
          .map((name) => `    ${JSON.stringify(name)},\n`)
          .join("")}  ],\n`,
    );
  return [
    header(origin),
    "/** The types that each module of kubewright exports. */",
    `export const shipped: Readonly<Record<string, readonly string[]>> = {\n${lines.join("")}};\n`,
  ].join("\n");
}
