import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";

/** `value` as text. Refuses anything else. */
export function asText(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  throw new InputError(field, `it must be text, not ${whatItIs(value)}`);
}

/** `value` as a list of texts. Refuses anything else. */
export function texts(value: unknown, field: string): readonly string[] {
  if (!Array.isArray(value)) throw new InputError(field, `it must be a list of texts, not ${whatItIs(value)}`);
  return value.map((one, index) => asText(one, `${field}[${index}]`));
}

/** Text percent-encoded: one segment of a path, one name or value of a query. */
export function encodeText(text: string, field: string): string {
  try {
    return encodeURIComponent(text);
  } catch (cause) {
    throw new InputError(field, "it holds half of a surrogate pair", { cause });
  }
}
