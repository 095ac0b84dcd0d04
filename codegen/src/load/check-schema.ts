const types: ReadonlySet<unknown> = new Set(["array", "boolean", "integer", "number", "object", "string"]);

/** What is wrong with a schema of a definition, with the field's path; undefined where nothing is. */
export function schemaProblem(schema: unknown, path: string): string | undefined {
  if (!isFields(schema)) return `${path} must be a schema, not ${nameOf(schema)}`;
  const { type, required, properties, items, additionalProperties } = schema;
  // An empty type is none.
  if (type !== undefined && type !== "" && !types.has(type)) {
    return `${path}.type must be one of ${[...types].join(", ")}, not ${JSON.stringify(type)}`;
  }
  if (schema["$ref"] !== undefined) return `${path}.$ref: definitions refer to nothing; write the schema out`;
  if (required !== undefined && !(Array.isArray(required) && required.every((name) => typeof name === "string"))) {
    return `${path}.required must be a list of names, each in quotes if YAML takes it for something else`;
  }
  for (const key of ["enum", ...lists] as const) {
    if (schema[key] !== undefined && !Array.isArray(schema[key])) return `${path}.${key} must be a list`;
  }
  if (properties !== undefined && !isFields(properties)) return `${path}.properties must be an object`;
  for (const [name, child] of Object.entries(properties ?? {})) {
    const problem = schemaProblem(
      child,
      `${path}.properties${/^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`,
    );
    if (problem !== undefined) return problem;
  }
  if (items !== undefined) return schemaProblem(items, `${path}.items`);
  if (additionalProperties === undefined || typeof additionalProperties === "boolean") return undefined;
  return schemaProblem(additionalProperties, `${path}.additionalProperties`);
}

const lists = ["allOf", "anyOf", "oneOf", "x-kubernetes-list-map-keys", "x-kubernetes-validations"] as const;

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  return Array.isArray(value) ? "a list" : value === null ? "null" : typeof value === "string" ? "text" : typeof value;
}
