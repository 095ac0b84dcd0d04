import { InputError } from "../errors/input-error.ts";

/** `value` as text. Refuses what is none. */
export function asText(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  throw new InputError(field, `it must be text, not ${value === null ? "null" : typeof value}`);
}

/** Text percent-encoded: one segment of a path, one name or value of a query. */
export function encodeText(text: string, field: string): string {
  try {
    return encodeURIComponent(text);
  } catch (cause) {
    throw new InputError(field, "it holds half of a surrogate pair", { cause });
  }
}
