import openapiTS from "openapi-typescript";
import ts from "typescript";
import type { JsonSchema } from "../load/openapi.ts";
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
  const behind = new WeakMap<ts.Node, JsonSchema>();
  const document = {
    openapi: "3.0.3",
    info: { title: "schemas", version: "1" },
    paths: {},
    components: { schemas: Object.fromEntries([...schemas].map(([fullName, { json }]) => [fullName, json])) },
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

/** The name of a property without quotes. */
export function propertyName({ name }: ts.TypeElement): string | undefined {
  if (name === undefined || ts.isComputedPropertyName(name)) return undefined;
  return name.text.startsWith('"') ? (JSON.parse(name.text) as string) : name.text;
}
