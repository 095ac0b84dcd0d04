import openapiTS from "openapi-typescript";
import ts from "typescript";
import type { JsonSchema } from "../load/openapi.ts";
import { noFields } from "../model/special-schemas.ts";
import type { Schema } from "../model/model.ts";

/** The TypeScript types of all schemas, as syntax trees that openapi-typescript made. */
export interface TypeNodes {
  /** The type of the schema with this full name. */
  of(fullName: string): ts.TypeNode;
  /** The schema behind a property of one of these types. */
  schemaOf(property: ts.TypeElement): JsonSchema | undefined;
}

/** Lets openapi-typescript make the types. */
export async function typeNodes(schemas: ReadonlyMap<string, Schema>): Promise<TypeNodes> {
  const own = [...schemas].map(([fullName, { json }]): [string, JsonSchema] => [fullName, disguised(json)]);
  const behind = new WeakMap<ts.Node, JsonSchema>();
  const document = {
    openapi: "3.0.3",
    info: { title: "schemas", version: "1" },
    paths: {},
    components: { schemas: { ...Object.fromEntries(own), [noFields]: { type: "object" } } },
  };
  const statements = await openapiTS(JSON.stringify(document), {
    silent: true,
    // A default says what the server fills in, not that a writer must give it.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    transformProperty(property, schema) {
      behind.set(property, schema as JsonSchema);
      return undefined;
    },
  });
  const types = schemaTypes(statements);
  return {
    of(fullName) {
      const type = types.get(fullName);
      if (type === undefined) throw new Error(`openapi-typescript made no type for the schema ${fullName}`);
      return type;
    },
    schemaOf: (property) => behind.get(property),
  };
}

/** The members of `components["schemas"]`. */
function schemaTypes(statements: readonly ts.Node[]): Map<string, ts.TypeNode> {
  const components = statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === "components",
  );
  const schemas = components?.members.find((member) => propertyName(member) === "schemas");
  const type = schemas !== undefined && ts.isPropertySignature(schemas) ? schemas.type : undefined;
  if (type === undefined || !ts.isTypeLiteralNode(type))
    throw new Error("openapi-typescript gave no components.schemas");
  return new Map(
    type.members.filter(ts.isPropertySignature).map((member) => [propertyName(member) ?? "", member.type!]),
  );
}

// openapi-typescript looks names up in plain objects, where some find what every object has.
const disguise = "field of the name ";

function disguised(schema: JsonSchema): JsonSchema {
  const { properties, items, additionalProperties, required } = schema;
  const result: JsonSchema = { ...schema };
  if (properties !== undefined) {
    const entries = Object.entries(properties).map(([name, child]) => [disguisedName(name), disguised(child)] as const);
    result.properties = Object.fromEntries(entries);
  }
  if (required !== undefined) result.required = required.map(disguisedName);
  if (items !== undefined) result.items = disguised(items);
  if (typeof additionalProperties === "object") result.additionalProperties = disguised(additionalProperties);
  return result;
}

function disguisedName(name: string): string {
  return name in Object.prototype ? disguise + name : name;
}

/** The name of a property without quotes. */
export function propertyName({ name }: ts.TypeElement): string | undefined {
  if (name === undefined || ts.isComputedPropertyName(name)) return undefined;
  const text = name.text.startsWith('"') ? (JSON.parse(name.text) as string) : name.text;
  return text.startsWith(disguise) ? text.slice(disguise.length) : text;
}
