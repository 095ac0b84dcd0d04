import { InputError } from "../../errors/input-error.ts";
import { rawJson } from "./parse-json.ts";
import { findUnwritable } from "./unwritable.ts";

/**
 * Writes a value as JSON: plain objects, lists, text, finite numbers, booleans, null, bigints and `JSON.rawJSON` values (both
 * digit for digit), and what has a toJSON that gives one of these, such as a valid Date or a URL. Fields that are `undefined`
 * are left out, and so are keys that are symbols: libraries mark objects with them.
 *
 * @throws InputError naming the place under `field` of anything else, which JSON.stringify would drop or change in silence
 */
export function encodeJson(value: unknown, field: string): string {
  let text: string | undefined;
  let cause: unknown;
  try {
    text = JSON.stringify(value);
    if (isPlainData(value) && !text.includes("\\ud")) return text;
  } catch (error) {
    cause = error;
    // A bigint; or else what the search finds, such as a cycle.
    text = withBigints(value);
  }
  const found = findUnwritable(value);
  if (found !== undefined) throw new InputError(field + found.at, found.problem, { cause: found.cause });
  if (text === undefined) throw new InputError(field, "it cannot be written as JSON", { cause });
  return text;
}

function withBigints(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_key, part: unknown) =>
      typeof part === "bigint" && rawJson ? rawJson(String(part)) : part,
    );
  } catch {
    return undefined;
  }
}

// For what nearly every object is made of, a fifth of the cost of JSON.stringify; the search costs several times as much. It has
// been stringified, so there are no cycles. for-in also meets inherited keys: then the search decides.
function isPlainData(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isPlainValue(value) && value !== undefined;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const part: unknown = value[i];
      if (typeof part !== "string" && !isPlainData(part)) return false;
    }
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) {
    const part = (value as Record<string, unknown>)[key];
    if (typeof part === "string") continue;
    if (typeof part === "object" && part !== null ? !isPlainData(part) : !isPlainValue(part)) return false;
  }
  return true;
}

function isPlainValue(value: unknown): boolean {
  return typeof value === "number"
    ? Number.isFinite(value)
    : typeof value === "string" || typeof value === "boolean" || value === null || value === undefined;
}
