import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { inRoot } from "../../tools/lib/root.ts";

/** Definitions of custom resources in YAML, as long and as deep as real ones: one for each schema of the snapshot. */
export function definitions(): string {
  const folder = inRoot("openapi", "v3");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
  const schemas = new Map<string, unknown>();
  for (const file of files.toSorted()) {
    const { components } = JSON.parse(readFileSync(join(folder, file), "utf8")) as {
      components?: { schemas?: Record<string, unknown> };
    };
    for (const [name, schema] of Object.entries(components?.schemas ?? {})) schemas.set(name, schema);
  }
  return [...schemas].map(([name, schema], number) => dump(definition(name, number, schema))).join("---\n");
}

function definition(name: string, number: number, openAPIV3Schema: unknown): object {
  const kind = name.slice(name.lastIndexOf(".") + 1);
  const plural = `${kind.toLowerCase()}${number}s`;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.example.com`, annotations: { "example.com/schema": name } },
    spec: {
      group: "example.com",
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope: "Namespaced",
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
}
