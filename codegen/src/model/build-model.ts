import { SpecError } from "../checks/problems.ts";
import type { ApiSource } from "../load/api-source.ts";
import { mergeSchemas } from "../load/merge-schemas.ts";
import { operationsOf } from "../load/operations.ts";
import { buildGroupVersion } from "./build-group-version.ts";
import { buildSchemas } from "./build-schemas.ts";
import type { Model, Schema } from "./model.ts";
import { kindText } from "./names.ts";
import { ownerRule } from "./owners.ts";
import { servedScopes } from "./served-scopes.ts";

/**
 * Builds the model of the source's group-versions. A schema that is not written, because kubewright ships it, may differ
 * between documents: other API servers hold other versions of it.
 */
export function buildModel(source: ApiSource, isShipped: (fullName: string) => boolean = () => false): Model {
  const operations = operationsOf(source.documents);
  const merged = mergeSchemas(source.documents, (fullName) => !isShipped(fullName));
  const { deprecated } = source;
  const groupVersions = source.groupVersions.map((found) => buildGroupVersion(found, operations, deprecated));
  const schemas = buildSchemas(merged, {
    scopes: servedScopes(source.discovered),
    deprecated,
    ownerOf: ownerRule(merged),
  });
  const byKind = new Map<string, Schema>();
  for (const [fullName, schema] of schemas) {
    const [kind, ...more] = merged.get(fullName)?.["x-kubernetes-group-version-kind"] ?? [];
    if (kind !== undefined && more.length === 0) byKind.set(kindText(kind), schema);
  }
  return {
    groupVersions,
    schemas,
    schemaOf(kind) {
      const schema = byKind.get(kindText(kind));
      if (schema === undefined) {
        throw new SpecError([`Discovery names the kind ${kindText(kind)}, but no OpenAPI schema has it`]);
      }
      return schema;
    },
  };
}
