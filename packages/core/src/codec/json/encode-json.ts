import { rawJson } from "./parse-json.ts";
import { InputError } from "../../errors/input-error.ts";

/**
 * Writes a value as JSON. Values of `JSON.rawJSON` and bigints are written digit for digit; `undefined` fields are left out.
 *
 * @throws InputError naming the place under `field` of what JSON cannot say: undefined in a list, functions, symbols, NaN,
 * infinities, maps, sets, bytes, cycles
 */
export function encodeJson(value: unknown, field: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    // Either a bigint or a cycle; the replacer mends the first, the second comes again.
    text = encodeBigints(value, field, error);
  }
  const found = findUnwritable(value, true);
  if (found) throw new InputError(field + found.at, `${found.problem}, which JSON cannot hold`);
  if (text === undefined) throw new InputError(field, "its toJSON gives nothing");
  return text;
}

function encodeBigints(value: unknown, field: string, cause: unknown): string {
  try {
    return JSON.stringify(value, (_key, part: unknown) =>
      typeof part === "bigint" && rawJson ? rawJson(String(part)) : part,
    );
  } catch {
    throw new InputError(
      field,
      "cannot be written as JSON: it contains itself, or a bigint that this platform cannot write",
      { cause },
    );
  }
}

// JSON.stringify drops functions, writes null for NaN and {} for a Map, all in silence. It has accepted `value`, so there are no cycles.
// The walk adds a fifth to the cost of stringify, 5 µs for a pod; a replacer would make it four times as slow.
function findUnwritable(
  value: unknown,
  inList: boolean,
): { readonly at: string; readonly problem: string } | undefined {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? undefined : { at: "", problem: `is ${value}` };
    case "undefined":
      return inList ? { at: "", problem: "is undefined" } : undefined;
    case "function":
    case "symbol":
      return { at: "", problem: `is a ${typeof value}` };
    case "object":
      if (value === null || typeof (value as { toJSON?: unknown }).toJSON === "function") return undefined;
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) {
          const found = findUnwritable(value[i], true);
          if (found) return { at: `[${i}]${found.at}`, problem: found.problem };
        }
        return undefined;
      }
      if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
        return { at: "", problem: `is a ${value.constructor.name}` };
      for (const key of Object.keys(value)) {
        const found = findUnwritable((value as Record<string, unknown>)[key], false);
        if (found) return { at: `.${key}${found.at}`, problem: found.problem };
      }
      return undefined;
    default:
      return undefined;
  }
}
