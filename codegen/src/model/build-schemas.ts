import { assertNoProblems } from "../checks/problems.ts";
import type { JsonSchema } from "../load/openapi.ts";
import { mapKeysOf } from "./map-keys.ts";
import type { Schema } from "./model.ts";
import { apiVersionOf, kindText, pascal } from "./names.ts";
import type { OwnerRule } from "./owners.ts";
import { nestedTypeNames, prepareSchema } from "./prepare-schema.ts";
import { refsOf } from "./refs.ts";
import type { Scope } from "./served-scopes.ts";
import { inlined, omitted, renamed } from "./special-schemas.ts";

/** Every schema that gets an interface: prepared, owned by one module, with what discovery says of its kind. */
export function buildSchemas(
  merged: ReadonlyMap<string, JsonSchema>,
  scopes: ReadonlyMap<string, Scope>,
  ownerOf: OwnerRule,
): Map<string, Schema> {
  const written = [...merged].filter(([fullName]) => !inlined.has(fullName) && !omitted.has(fullName));
  const drafts = new Map<string, Omit<Schema, "mapKeys">>();
  const nested = nestedNames(written);
  const problems: string[] = [];
  for (const [fullName, schema] of written) {
    const module = ownerOf(fullName);
    if (module === undefined) {
      problems.push(
        `No group-version owns the schema ${fullName}: neither its name nor a kind of its package says which`,
      );
      continue;
    }
    const takeOut = (typeName: string, json: JsonSchema): string | undefined => {
      const own = `${packageOf(fullName)}.${typeName}`;
      // Two places that would get one name keep their objects in place.
      if (nested.get(own) !== 1 || merged.has(own)) return undefined;
      drafts.set(own, { fullName: own, typeName, module, json, served: undefined });
      return own;
    };
    const json = prepareSchema(withKind(schema), typeNameOf(fullName), takeOut);
    drafts.set(fullName, { fullName, typeName: typeNameOf(fullName), module, json, served: served(schema, scopes) });
  }
  for (const { fullName, json } of drafts.values()) {
    const missing = refsOf(json).filter((name) => !drafts.has(name) && !merged.has(name));
    problems.push(...missing.map((name) => `The schema ${fullName} refers to ${name}, which no document has`));
  }
  assertNoProblems(problems);
  const keys = mapKeysOf(drafts);
  return new Map(
    [...drafts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([fullName, draft]) => [fullName, { ...draft, mapKeys: keys.get(fullName) ?? [] }]),
  );
}

function typeNameOf(fullName: string): string {
  const name = renamed.get(fullName) ?? fullName.slice(fullName.lastIndexOf(".") + 1);
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : pascal(name);
}

function packageOf(fullName: string): string {
  return fullName.slice(0, fullName.lastIndexOf("."));
}

/** How often each nested object's name would be given. */
function nestedNames(schemas: readonly (readonly [fullName: string, schema: JsonSchema])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [fullName, schema] of schemas) {
    nestedTypeNames(schema, typeNameOf(fullName), (name) => {
      const own = `${packageOf(fullName)}.${name}`;
      counts.set(own, (counts.get(own) ?? 0) + 1);
    });
  }
  return counts;
}

/** `apiVersion` and `kind` can have one value only where a schema stands for one kind. */
function withKind(schema: JsonSchema): JsonSchema {
  const kinds = schema["x-kubernetes-group-version-kind"] ?? [];
  if (kinds.length !== 1 || schema.properties?.["apiVersion"] === undefined) return schema;
  const { group, version, kind } = kinds[0]!;
  const only = { apiVersion: { const: apiVersionOf(group, version) }, kind: { const: kind } };
  return { ...schema, properties: { ...schema.properties, ...only } };
}

/** `"default": {}` marks Go structs that are always written, empty or not. */
function served(schema: JsonSchema, scopes: ReadonlyMap<string, Scope>): Schema["served"] {
  const kinds = schema["x-kubernetes-group-version-kind"] ?? [];
  const scope = kinds.length === 1 ? scopes.get(kindText(kinds[0]!)) : undefined;
  if (scope === undefined) return undefined;
  const present = Object.entries(schema.properties ?? {})
    .filter(([name, property]) => name !== "metadata" && isEmptyObject(property.default))
    .map(([name]) => name);
  return { scope, present: present.toSorted() };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
