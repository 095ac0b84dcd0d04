import { SpecError } from "../checks/problems.ts";
import type { JsonSchema } from "../load/openapi.ts";
import type { ProtobufField, ProtobufMessage, ProtobufSchema, ProtobufType } from "../load/protobuf-schema.ts";

/** A struct of Go as the server reads and prints it, and what OpenAPI says of its fields. */
export interface ServerType {
  /** Its name in protobuf.json. */
  readonly goName: string;
  /** Its name in OpenAPI. */
  readonly schema: string;
  readonly atomic: boolean;
  /** Those of embedded structs among its own, in the order in which Go prints them. */
  readonly fields: readonly ServerField[];
}

export interface ServerField {
  readonly name: string;
  readonly type: ProtobufType;
  readonly pointer: boolean;
  readonly omitEmpty: boolean;
  readonly omitZero: boolean;
  readonly required: boolean;
  /** What OpenAPI says of it; undefined for what OpenAPI does not have. */
  readonly said: SaidOfField | undefined;
  /** Go's names for the types of the field, of its items and of theirs, where they cannot be told from the type. */
  readonly goTypes: readonly string[] | undefined;
}

/** A property of an OpenAPI schema. */
export interface SaidOfField extends JsonSchema {
  readonly "x-kubernetes-map-type"?: string;
  readonly "x-kubernetes-patch-strategy"?: string;
  readonly "x-kubernetes-patch-merge-key"?: string;
}

export interface ServerTypes {
  /** Sorted by their schemas' names. */
  readonly types: readonly ServerType[];
  /** `apiVersion kind` → the Go name of its type. */
  readonly kinds: ReadonlyMap<string, string>;
}

export interface TypeSources {
  readonly protobuf: ProtobufSchema;
  readonly schemas: ReadonlyMap<string, JsonSchema>;
  readonly goTypes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Whose kinds are wanted, as `group/version`. */
  readonly groupVersions: ReadonlySet<string>;
}

/** The types of all kinds of some group-versions, and all that they are made of. */
export function serverTypes(sources: TypeSources): ServerTypes {
  const { protobuf, groupVersions } = sources;
  const kinds = new Map<string, string>();
  for (const [goName, { kinds: stood = [] }] of Object.entries(protobuf.messages)) {
    for (const { group, version, kind } of stood) {
      if (groupVersions.has(`${group}/${version}`))
        kinds.set(`${group === "" ? "" : `${group}/`}${version} ${kind}`, goName);
    }
  }
  const found = new Map<string, ServerType>();
  const waiting = [...kinds.values()];
  for (let goName = waiting.pop(); goName !== undefined; goName = waiting.pop()) {
    if (found.has(goName)) continue;
    const type = describe(goName, sources);
    found.set(goName, type);
    waiting.push(...type.fields.flatMap((field) => objectsIn(field.type, protobuf)));
  }
  return { types: [...found.values()].toSorted((a, b) => (a.schema < b.schema ? -1 : 1)), kinds };
}

/** Whether a message is an object in JSON. */
export function isObject({ special }: ProtobufMessage): boolean {
  return special === undefined || special === "jsonSchemaProps";
}

function objectsIn(type: ProtobufType, protobuf: ProtobufSchema): readonly string[] {
  const inner = type.optional ?? type.list ?? type.map?.value;
  if (inner !== undefined) return objectsIn(inner, protobuf);
  if (type.message === undefined) return [];
  const message = messageOf(type.message, protobuf);
  if (isObject(message)) return [type.message];
  // A named list is a message with the list as its field, a union one with its alternatives.
  return message.fields.flatMap((field) => objectsIn(field.type, protobuf));
}

function describe(goName: string, sources: TypeSources): ServerType {
  const message = messageOf(goName, sources.protobuf);
  const { openapi: schemaName = goName } = message;
  const schema = sources.schemas.get(schemaName) as SaidOfField | undefined;
  const own = fieldsOf(goName, message, sources);
  const properties = schema?.properties ?? {};
  const missing = Object.keys(properties).filter((name) => !own.some((field) => field.name === name));
  if (missing.length > 0) throw new SpecError([`${goName} has no field for ${missing.join(", ")} of ${schemaName}`]);
  return {
    goName,
    schema: schemaName,
    atomic: schema?.["x-kubernetes-map-type"] === "atomic",
    fields: own.map((field) => ({
      ...field,
      required: schema?.required?.includes(field.name) ?? false,
      said: properties[field.name],
    })),
  };
}

type OwnField = Omit<ServerField, "required" | "said">;

function fieldsOf(goName: string, message: ProtobufMessage, sources: TypeSources): readonly OwnField[] {
  const typeMeta = message.typeMeta === true ? ["kind", "apiVersion"].map(typeMetaField) : [];
  const fields = message.fields.flatMap((field): readonly OwnField[] => {
    const [name = "", ...flags] = field.json.split(",");
    if (name === "" && field.embedded === true) {
      const inner = embeddedIn(goName, field);
      return fieldsOf(inner, messageOf(inner, sources.protobuf), sources);
    }
    if (name === "") throw new SpecError([`${goName}.${field.name} has no name in JSON`]);
    return [
      {
        name,
        type: field.type.optional ?? field.type,
        pointer: field.type.optional !== undefined,
        omitEmpty: flags.includes("omitempty"),
        omitZero: flags.includes("omitzero"),
        goTypes: sources.goTypes[goName]?.[name],
      },
    ];
  });
  return [...typeMeta, ...fields];
}

function typeMetaField(name: string): OwnField {
  return { name, type: { scalar: "string" }, pointer: false, omitEmpty: true, omitZero: false, goTypes: undefined };
}

function embeddedIn(goName: string, { name, type }: ProtobufField): string {
  const inner = (type.optional ?? type).message;
  if (inner === undefined) throw new SpecError([`${goName}.${name} is embedded and no struct`]);
  return inner;
}

function messageOf(goName: string, { messages }: ProtobufSchema): ProtobufMessage {
  const found = messages[goName];
  if (found === undefined) throw new SpecError([`openapi/protobuf.json has no ${goName}`]);
  return found;
}
