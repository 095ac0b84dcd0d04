import type { JsonSchema } from "../load/openapi.ts";
import { refName, refTo } from "../load/openapi.ts";
import { describe } from "./describe.ts";
import { pascal } from "./names.ts";
import { conventions, inlined, intOrString, noFields, objectMeta } from "./special-schemas.ts";

/** Takes a nested object out of its parent: returns the full name of its own schema, or undefined to leave it where it is. */
export type TakeOut = (typeName: string, schema: JsonSchema) => string | undefined;

/** How schemas are read. */
export interface Reading {
  readonly takeOut: TakeOut;
  /**
   * True for the schema of a custom resource. There a default is what the server fills in before it looks at `required`, and an
   * object without fields has none; in what Go types say of themselves both are written where Go cannot say better.
   */
  readonly custom: boolean;
}

/**
 * A schema as openapi-typescript shall see it: our reading of Kubernetes' extensions in plain OpenAPI. Open enums become
 * unions with their base type, int-or-string a union, preserve-unknown-fields an index signature, special Go types what is on
 * the wire; what only validates (`anyOf: [{ required: … }]`) goes; nested objects are offered to `takeOut`.
 */
export function prepareSchema(schema: JsonSchema, typeName: string, reading: Reading): JsonSchema {
  return prepareOwn(schema, typeName, reading);
}

/** Calls `seen` with the type name that each nested object of `schema` would get. */
export function nestedTypeNames(schema: JsonSchema, typeName: string, seen: (name: string) => void): void {
  for (const [name, child] of children(schema, typeName)) {
    if (isNestedObject(child)) seen(name);
    nestedTypeNames(child, name, seen);
  }
}

function prepareNested(schema: JsonSchema, typeName: string, reading: Reading): JsonSchema {
  const own = prepareOwn(schema, typeName, reading);
  if (!isNestedObject(schema)) return own;
  const fullName = reading.takeOut(typeName, own);
  return fullName === undefined ? own : { ...about(schema, reading), allOf: [{ $ref: refTo(fullName) }] };
}

function prepareOwn(schema: JsonSchema, typeName: string, reading: Reading): JsonSchema {
  if (schema.const !== undefined) return { const: schema.const };
  const ref = referred(schema);
  if (ref !== undefined) {
    const special = inlined.get(refName(ref));
    if (special === undefined) return { ...about(schema, reading), allOf: [{ $ref: ref }] };
    return { ...about({ ...schema, ...special }, reading), ...special };
  }
  if (schema["x-kubernetes-int-or-string"] || schema.format === "int-or-string") {
    return schema.enum === undefined
      ? { ...about(schema, reading), ...intOrString }
      : { ...about(schema, reading), anyOf: [...known(schema.enum), { type: "integer" }, { type: "string" }] };
  }
  if (
    schema.enum !== undefined &&
    (schema.type === "string" || schema.type === "integer" || schema.type === "number")
  ) {
    return { ...about(schema, reading), anyOf: [...known(schema.enum), { type: schema.type }] };
  }
  if (reading.custom && hasNoFields(schema)) return { ...about(schema, reading), allOf: [{ $ref: refTo(noFields) }] };
  const result: JsonSchema = { ...about(schema, reading) };
  if (schema.type !== undefined) result.type = schema.type;
  if (schema.required !== undefined) result.required = schema.required;
  for (const key of ["anyOf", "oneOf"] as const) {
    const branches = schema[key];
    if (schema.type === undefined && branches?.every(({ type, $ref }) => type !== undefined || $ref !== undefined)) {
      result[key] = branches.map((branch) => prepareOwn(branch, typeName, reading));
    }
  }
  if (schema.items !== undefined) result.items = prepareNested(schema.items, `${typeName}Item`, reading);
  return schema.type === "object" || schema.properties !== undefined
    ? { ...result, ...prepareObject(schema, typeName, reading) }
    : result;
}

/** The values of an enum that TypeScript can name. */
function known(values: readonly unknown[]): JsonSchema[] {
  return values.flatMap((value) => (typeof value === "string" || typeof value === "number" ? [{ const: value }] : []));
}

function prepareObject(schema: JsonSchema, typeName: string, reading: Reading): Partial<JsonSchema> {
  const properties = Object.entries({ ...(isEmbedded(schema) ? embedded : {}), ...schema.properties });
  const result: Partial<JsonSchema> = { type: "object" };
  const required = [...(schema.required ?? []), ...(isEmbedded(schema) ? ["apiVersion", "kind"] : [])];
  const filled = reading.custom ? required.filter((key) => isFilled(ownProperty(schema.properties, key))) : [];
  if (filled.length > 0) result["x-kubewright-filled"] = filled;
  if (required.length > 0) result.required = required.filter((key) => !filled.includes(key));
  if (properties.length > 0) {
    result.properties = Object.fromEntries(
      properties
        .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
        .map(([key, child]) => [key, prepareNested(child, typeName + pascal(key), reading)]),
    );
  }
  const { additionalProperties: values } = schema;
  if (typeof values === "object" && Object.keys(values).length > 0) {
    result.additionalProperties = prepareNested(values, `${typeName}Value`, reading);
  } else if (values === true || typeof values === "object" || schema["x-kubernetes-preserve-unknown-fields"]) {
    result.additionalProperties = true;
  } else if (properties.length === 0) {
    result.additionalProperties = true;
  }
  return result;
}

/** An object of which nothing is said: the server drops every field of it. */
function hasNoFields(schema: JsonSchema): boolean {
  const { type, properties = {}, additionalProperties = false } = schema;
  if (type !== "object" || isEmbedded(schema) || schema["x-kubernetes-preserve-unknown-fields"]) return false;
  return Object.keys(properties).length === 0 && additionalProperties === false;
}

/** True where the server fills a field in when it is left out. */
function isFilled(property: JsonSchema | undefined): boolean {
  return property?.default !== undefined && property.default !== null;
}

function ownProperty(properties: JsonSchema["properties"], key: string): JsonSchema | undefined {
  return properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
}

function* children(schema: JsonSchema, typeName: string): Iterable<[name: string, child: JsonSchema]> {
  for (const [key, child] of Object.entries(schema.properties ?? {})) yield [typeName + pascal(key), child];
  if (schema.items !== undefined) yield [`${typeName}Item`, schema.items];
  if (typeof schema.additionalProperties === "object") yield [`${typeName}Value`, schema.additionalProperties];
}

function isNestedObject(schema: JsonSchema): boolean {
  return referred(schema) === undefined && (isEmbedded(schema) || Object.keys(schema.properties ?? {}).length > 0);
}

/** The one schema that this is, in both ways to say it: `$ref`, and `allOf` with one `$ref` beside a description. */
function referred({ $ref, allOf }: JsonSchema): string | undefined {
  if ($ref !== undefined) return $ref;
  return allOf?.length === 1 ? allOf[0]!.$ref : undefined;
}

/** Any object of the API within another one; the server then knows these three fields. */
function isEmbedded(schema: JsonSchema): boolean {
  return schema["x-kubernetes-embedded-resource"] === true;
}

// As the API server publishes it (apiextensions-apiserver, openapi builder): both texts are then required.
const embedded: Record<string, JsonSchema> = {
  apiVersion: {
    type: "string",
    description: `apiVersion defines the versioned schema of this representation of an object. ${conventions("resources")}`,
  },
  kind: {
    type: "string",
    description: `kind is a string value representing the type of this object. In CamelCase. ${conventions("types-kinds")}`,
  },
  metadata: {
    description: `Standard object's metadata. ${conventions("metadata")}`,
    allOf: [{ $ref: refTo(objectMeta) }],
  },
};

const first = ["apiVersion", "kind", "metadata"];

function rank(property: string): number {
  const index = first.indexOf(property);
  return index === -1 ? first.length : index;
}

// What stays beside any shape.
const kept = ["default", "nullable", "x-kubernetes-list-type", "x-kubernetes-list-map-keys"] as const;

function about(schema: JsonSchema, { custom }: Reading): JsonSchema {
  const description = describe(schema, custom);
  return {
    ...(description === "" ? {} : { description }),
    ...Object.fromEntries(kept.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]])),
  };
}
