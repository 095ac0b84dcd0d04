import { isDeepStrictEqual } from "node:util";
import { SpecError } from "../checks/problems.ts";
import type { JsonSchema, OpenApiDocument } from "./openapi.ts";

/**
 * Every schema of the documents by its full name. Each document repeats the schemas it needs; where two say different things of
 * one that `matters`, the error names both.
 */
export function mergeSchemas(
  documents: ReadonlyMap<string, OpenApiDocument>,
  matters: (fullName: string) => boolean,
): Map<string, JsonSchema> {
  const found = new Map<string, { schema: JsonSchema; document: string }>();
  for (const [document, { components }] of documents) {
    for (const [fullName, schema] of Object.entries(components?.schemas ?? {})) {
      const before = found.get(fullName);
      if (before === undefined) {
        found.set(fullName, { schema, document });
      } else if (sameShape(before.schema, schema)) {
        before.schema = withKindsOf(before.schema, schema);
      } else if (matters(fullName)) {
        throw new SpecError([
          `The schema ${fullName} differs between the documents ${before.document} and ${document}`,
        ]);
      }
    }
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, { schema }]) => [name, schema]));
}

// DeleteOptions and WatchEvent list, in each document, the kinds of that document only.
const kinds = "x-kubernetes-group-version-kind";

function sameShape(a: JsonSchema, b: JsonSchema): boolean {
  const { [kinds]: _a, description: _ad, ...restA } = a;
  const { [kinds]: _b, description: _bd, ...restB } = b;
  return isDeepStrictEqual(restA, restB);
}

function withKindsOf(a: JsonSchema, b: JsonSchema): JsonSchema {
  const more = (b[kinds] ?? []).filter((kind) => !(a[kinds] ?? []).some((known) => isDeepStrictEqual(known, kind)));
  return more.length === 0 ? a : { ...a, [kinds]: [...(a[kinds] ?? []), ...more] };
}
