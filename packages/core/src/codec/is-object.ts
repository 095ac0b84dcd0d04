import type { Fields } from "./codec.ts";

/** True for an object with fields: neither a list nor null. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
