import { assertNoProblems } from "../checks/problems.ts";
import type { JsonSchema } from "../load/openapi.ts";
import { isCustomResource } from "./custom-resource.ts";
import { filledSchemas } from "./filled.ts";
import { mapKeysOf } from "./map-keys.ts";
import type { Schema } from "./model.ts";
import { apiVersionOf, groupClientName, identifier, kindText, typeName } from "./names.ts";
import { builtInModule, type OwnerRule } from "./owners.ts";
import { nestedTypeNames, prepareSchema } from "./prepare-schema.ts";
import { refsOf } from "./refs.ts";
import type { Scope } from "./served-scopes.ts";
import { inlined, noFields, omitted, renamed } from "./special-schemas.ts";

/** A schema before it is known what others say of it. */
type Draft = Omit<Schema, "mapKeys" | "filled" | "served" | "deprecated"> & { readonly custom: boolean };

/** What is known of schemas beyond themselves. */
export interface Known {
  readonly scopes: ReadonlyMap<string, Scope>;
  readonly deprecated: ReadonlyMap<string, string>;
  readonly ownerOf: OwnerRule;
}

/** Every schema that gets an interface: prepared, owned by one module, with what discovery says of its kind. */
export function buildSchemas(
  merged: ReadonlyMap<string, JsonSchema>,
  { scopes, deprecated, ownerOf }: Known,
): Map<string, Schema> {
  const written = [...merged].filter(([fullName]) => !inlined.has(fullName) && !omitted.has(fullName));
  const drafts = new Map<string, Draft>();
  const served = new Map<string, Schema["served"]>();
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
    const custom = isCustomResource(fullName, schema);
    const add = (name: string, own: string, json: JsonSchema): void => {
      const typeName = nameOfType(name, own, module);
      drafts.set(own, { fullName: own, typeName, module, json, custom });
    };
    const takeOut = (name: string, json: JsonSchema): string | undefined => {
      const own = `${packageOf(fullName)}.${name}`;
      // Two places that would get one name keep their objects in place.
      if (nested.get(own) !== 1 || merged.has(own)) return undefined;
      add(name, own, json);
      return own;
    };
    const name = nameInApi(fullName);
    add(name, fullName, prepareSchema(withKind(schema), identifier(name), { takeOut, custom }));
    served.set(fullName, servedAs(schema, scopes, custom));
  }
  for (const { fullName, json } of drafts.values()) {
    const missing = refsOf(json).filter((name) => !drafts.has(name) && !merged.has(name) && name !== noFields);
    problems.push(...missing.map((name) => `The schema ${fullName} refers to ${name}, which no document has`));
  }
  assertNoProblems(problems);
  const keys = mapKeysOf(drafts);
  const filled = filledSchemas(drafts);
  return new Map(
    [...drafts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([fullName, draft]) => [
        fullName,
        {
          ...draft,
          mapKeys: keys.get(fullName) ?? [],
          filled: filled.has(fullName),
          served: served.get(fullName),
          deprecated: deprecatedKind(merged.get(fullName), deprecated),
        },
      ]),
  );
}

function nameInApi(fullName: string): string {
  return renamed.get(fullName) ?? fullName.slice(fullName.lastIndexOf(".") + 1);
}

/** Kubernetes' own types have their own names; in any other group nothing may take those of clients. */
function nameOfType(name: string, fullName: string, module: string): string {
  const [group = "", version = ""] = module.split("/");
  return builtInModule(fullName) === undefined ? typeName(name, groupClientName(group, version)) : identifier(name);
}

function packageOf(fullName: string): string {
  return fullName.slice(0, fullName.lastIndexOf("."));
}

/** How often each nested object's name would be given. */
function nestedNames(schemas: readonly (readonly [fullName: string, schema: JsonSchema])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [fullName, schema] of schemas) {
    nestedTypeNames(schema, identifier(nameInApi(fullName)), (name) => {
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
  // The client fills both in.
  const required = schema.required?.filter((name) => !Object.hasOwn(only, name));
  return { ...schema, ...(required === undefined ? {} : { required }), properties: { ...schema.properties, ...only } };
}

/**
 * `"default": {}` marks Go structs that are always written, empty or not. The server also fills in what a custom resource has a
 * default for, at the top of the object always.
 */
function servedAs(schema: JsonSchema, scopes: ReadonlyMap<string, Scope>, custom: boolean): Schema["served"] {
  const kinds = schema["x-kubernetes-group-version-kind"] ?? [];
  const scope = kinds.length === 1 ? scopes.get(kindText(kinds[0]!)) : undefined;
  if (scope === undefined) return undefined;
  const present = Object.entries(schema.properties ?? {})
    .filter(
      ([name, { default: value }]) =>
        name !== "metadata" && (isEmptyObject(value) || (custom && value !== undefined && value !== null)),
    )
    .map(([name]) => name);
  return { scope, present: present.toSorted() };
}

function deprecatedKind(schema: JsonSchema | undefined, deprecated: ReadonlyMap<string, string>): string | undefined {
  const kinds = schema?.["x-kubernetes-group-version-kind"] ?? [];
  return kinds.length === 1 ? deprecated.get(kindText(kinds[0]!)) : undefined;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
