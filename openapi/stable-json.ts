/** A JSON value, as JSON.parse returns it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * JSON text that depends on the value only: keys in code-unit order, one space of indentation, a newline at the end.
 * The order of arrays is kept, because it carries meaning (preferred versions come first).
 */
export function stableJson(value: Json): string {
  return `${JSON.stringify(sorted(value), null, 1)}\n`;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
}
