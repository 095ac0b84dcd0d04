import type { Field, ObjectType, Value } from "../knowledge/object-type.ts";

/** What a value has that its type has no place for, as strict decoding names it: `unknown field "spec.foo"`. */
export interface ShapeFindings {
  readonly unknown: string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A value of the wrong JSON type; Go's decoder says it in these words. */
export class ShapeError extends Error {}

/**
 * An object as its Go type prints it: unknown fields fall away and are told, empty ones that say omitempty go, others stand as zero
 * or null. The given object stays as it is; what need not change is shared. @throws ShapeError
 */
export function shaped(type: ObjectType, given: unknown, findings: ShapeFindings): Record<string, unknown> {
  return shapedObject(type, given, "", findings);
}

function shapedObject(
  type: ObjectType,
  given: unknown,
  path: string,
  findings: ShapeFindings,
): Record<string, unknown> {
  const source = (given ?? {}) as Fields;
  if (typeof source !== "object" || Array.isArray(source)) throw mismatch(given, type.name, path);
  const made: Record<string, unknown> = {};
  for (const field of type.fields.values()) {
    const value = Object.hasOwn(source, field.name) ? source[field.name] : undefined;
    const at = path === "" ? field.name : `${path}.${field.name}`;
    const printed = shapedField(field, value, at, findings);
    if (printed !== undefined) made[field.name] = printed;
  }
  for (const key of Object.keys(source)) {
    if (!type.fields.has(key))
      findings.unknown.push(`unknown field ${JSON.stringify(path === "" ? key : `${path}.${key}`)}`);
  }
  return made;
}

/** The field as it is printed; undefined when it is left out. */
function shapedField(field: Field, given: unknown, path: string, findings: ShapeFindings): unknown {
  const { value, empty, pointer } = field;
  if (given === undefined || given === null) {
    if (pointer) return empty === "always" ? null : undefined;
    if (value.is === "object" && empty !== "omitzero") return shapedObject(value.type, {}, path, findings);
    return empty === "always" ? zeroOf(value) : structZero(value, empty);
  }
  const printed = shapedValue(value, given, path, findings);
  if (pointer || empty === "always") return printed;
  return isZero(value, printed, empty) ? undefined : printed;
}

/** Structs that print as something else are printed whatever omitempty says. */
function structZero(value: Value, empty: Field["empty"]): unknown {
  if (empty === "omitzero") return undefined;
  switch (value.is) {
    case "time":
    case "microTime":
    case "raw":
    case "json":
      return null;
    case "quantity":
      return "0";
    case "intOrString":
      return 0;
    default:
      return undefined;
  }
}

function zeroOf(value: Value): unknown {
  switch (value.is) {
    case "string":
    case "duration":
      return value.is === "string" ? "" : "0s";
    case "bool":
      return false;
    case "int32":
    case "int64":
    case "double":
    case "intOrString":
      return 0;
    case "quantity":
      return "0";
    default:
      return null;
  }
}

function isZero(value: Value, printed: unknown, empty: Field["empty"]): boolean {
  switch (value.is) {
    case "string":
    case "bytes":
      return printed === "";
    case "bool":
      return printed === false;
    case "int32":
    case "int64":
    case "double":
      return printed === 0;
    case "list":
      return (printed as readonly unknown[]).length === 0;
    case "map":
      return Object.keys(printed as Fields).length === 0;
    case "object":
      return empty === "omitzero" && Object.keys(printed as Fields).length === 0;
    default:
      return false;
  }
}

function shapedValue(value: Value, given: unknown, path: string, findings: ShapeFindings): unknown {
  switch (value.is) {
    case "object":
      return shapedObject(value.type, given, path, findings);
    case "list":
      if (!Array.isArray(given)) throw mismatch(given, value.goType, path);
      return given.map((item: unknown, index) => {
        if (item === null || item === undefined) return zeroItem(value.of, `${path}[${index}]`, findings);
        return shapedValue(value.of, item, `${path}[${index}]`, findings);
      });
    case "map": {
      if (typeof given !== "object" || given === null || Array.isArray(given))
        throw mismatch(given, value.goType, path);
      const made: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      // As Go prints maps: by their keys.
      for (const key of Object.keys(given).toSorted())
        made[key] = shapedEntry(value.of, (given as Fields)[key], `${path}.${key}`, findings);
      return Object.assign({}, made);
    }
    case "string":
    case "bytes":
      if (typeof given !== "string") throw mismatch(given, value.goType, path);
      return given;
    case "bool":
      if (typeof given !== "boolean") throw mismatch(given, value.goType, path);
      return given;
    case "int32":
    case "int64":
      if (typeof given !== "number" || !Number.isInteger(given)) throw mismatch(given, value.goType, path);
      return given;
    case "double":
      if (typeof given !== "number") throw mismatch(given, value.goType, path);
      return given;
    default:
      return given;
  }
}

function shapedEntry(value: Value, given: unknown, path: string, findings: ShapeFindings): unknown {
  return given === null ? zeroItem(value, path, findings) : shapedValue(value, given, path, findings);
}

function zeroItem(value: Value, path: string, findings: ShapeFindings): unknown {
  return value.is === "object" ? shapedObject(value.type, {}, path, findings) : zeroOf(value);
}

/** As encoding/json says it; `path` without the places in lists. */
function mismatch(given: unknown, goType: string, path: string): ShapeError {
  const kind =
    given === null || given === undefined
      ? "null"
      : Array.isArray(given)
        ? "array"
        : typeof given === "boolean"
          ? "bool"
          : (typeof given as string);
  const field = path.replaceAll(/\[\d+\]/g, "");
  return new ShapeError(`json: cannot unmarshal ${kind} into Go struct field ${field} of type ${goType}`);
}
