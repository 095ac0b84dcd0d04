import type { Field, ObjectType, ScalarKind, Value } from "../knowledge/object-type.ts";
import { canonicalBytes, canonicalQuantity } from "./canonical-values.ts";
import { canonicalDuration, canonicalTime, GoValueError } from "./go-time.ts";

/** What was seen on the way. */
export interface ShapeFindings {
  /** Whether there were fields that the type has no place for. */
  unknown: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** A value does not fit its type; `decodingProblems` says which, and why. */
export class ShapeError extends Error {}

/**
 * An object as its Go type prints it: unknown fields fall away, empty ones that say omitempty go, others stand as zero or null, times
 * and quantities become canonical. The given object stays as it is; what need not change is shared. @throws ShapeError
 */
export function shaped(type: ObjectType, given: unknown, findings?: ShapeFindings): Record<string, unknown> {
  const source = (given ?? {}) as Fields;
  if (typeof source !== "object" || Array.isArray(source)) throw misfit(type.name);
  const made: Record<string, unknown> = {};
  for (const field of type.fields.values()) {
    const value = Object.hasOwn(source, field.name) ? source[field.name] : undefined;
    const printed = shapedField(field, value, findings);
    if (printed !== undefined) made[field.name] = printed;
  }
  if (findings?.unknown === false) findings.unknown = Object.keys(source).some((key) => !type.fields.has(key));
  return made;
}

/** The field as it is printed; undefined when it is left out. */
function shapedField(field: Field, given: unknown, findings?: ShapeFindings): unknown {
  const { value, empty, pointer } = field;
  if (given === undefined || given === null) {
    if (pointer) return empty === "always" ? null : undefined;
    if (value.is === "object" && empty !== "omitzero") return shaped(value.type, {}, findings);
    return empty === "always" ? zeroOf(value) : structZero(value, empty);
  }
  const printed = shapedValue(value, given, findings);
  if (pointer) return printed;
  // What is stored does not tell an empty list from none.
  if (empty === "always") return isEmpty(value, printed) ? null : printed;
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
    case "map":
      return isEmpty(value, printed);
    case "object":
      return empty === "omitzero" && Object.keys(printed as Fields).length === 0;
    default:
      return false;
  }
}

function isEmpty({ is }: Value, printed: unknown): boolean {
  return (is === "list" || is === "map") && Object.keys(printed as object).length === 0;
}

function shapedValue(value: Value, given: unknown, findings?: ShapeFindings): unknown {
  switch (value.is) {
    case "object":
      return shaped(value.type, given, findings);
    case "list":
      if (!Array.isArray(given)) throw misfit(value.goType);
      return given.map((item: unknown) => shapedItem(value.of, item, findings));
    case "map": {
      if (typeof given !== "object" || given === null || Array.isArray(given)) throw misfit(value.goType);
      const made: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      // As Go prints maps: by their keys.
      for (const key of Object.keys(given).toSorted())
        made[key] = shapedItem(value.of, (given as Fields)[key], findings);
      return Object.assign({}, made);
    }
    default:
      return shapedScalar(value.is, value.goType, given);
  }
}

/** Of a list or map. */
function shapedItem(value: Value, given: unknown, findings?: ShapeFindings): unknown {
  if (given !== null && given !== undefined) return shapedValue(value, given, findings);
  // What is kept in protobuf cannot tell no bytes from none given.
  if (value.is === "bytes") return "";
  return value.is === "object" ? shaped(value.type, {}, findings) : zeroOf(value);
}

function shapedScalar(is: ScalarKind, goType: string, given: unknown): unknown {
  switch (is) {
    case "string":
      if (typeof given === "string") return given;
      break;
    case "bool":
      if (typeof given === "boolean") return given;
      break;
    case "double":
      if (typeof given === "number") return given;
      break;
    case "int32":
    case "int64":
      if (isInteger(given, is)) return given;
      break;
    case "intOrString":
      if (typeof given === "string" || isInteger(given, "int32")) return given;
      break;
    case "quantity":
      if (typeof given === "string" || typeof given === "number") return canonical(() => canonicalQuantity(given));
      break;
    case "bytes":
      if (typeof given === "string") return canonical(() => canonicalBytes(given));
      break;
    case "time":
    case "microTime":
      if (typeof given === "string") return canonical(() => canonicalTime(given, is));
      break;
    case "duration":
      if (typeof given === "string") return canonical(() => canonicalDuration(given));
      break;
    default:
      return given;
  }
  throw misfit(goType);
}

function isInteger(given: unknown, is: "int32" | "int64"): boolean {
  return typeof given === "number" && Number.isInteger(given) && (is === "int64" || given === (given | 0));
}

function canonical(read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw error instanceof GoValueError ? new ShapeError(error.message) : error;
  }
}

function misfit(goType: string): ShapeError {
  return new ShapeError(`a value is no ${goType}`);
}
