import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "./what-it-is.ts";

/**
 * True for an object that is its keys and nothing else: `{}`, what JSON.parse gives, `Object.create(null)`, also of another realm
 * (a frame, node:vm, a test's environment). False for lists and for instances of any class, whose contents no key need show.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return true;
  // Another realm's Object.prototype is known by being the end of its chain.
  return prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** `value` as an object to read from, of any class. @throws InputError for what has no fields */
export function anObject<T>(value: T, field: string): T & object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new InputError(field, `it must be an object, not ${whatItIs(value)}`);
}

/** `value` as a plain object. @throws InputError for anything else, and for one whose toJSON would be sent instead of its fields */
export function plainObject(value: unknown, field: string): Readonly<Record<string, unknown>> {
  anObject(value, field);
  if (!isPlainObject(value)) throw new InputError(field, `it must be a plain object, not ${whatItIs(value)}`);
  if (typeof value["toJSON"] === "function")
    throw new InputError(field, "it has a toJSON, which would be sent in its place; pass what that gives");
  return value;
}
