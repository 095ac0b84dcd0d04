/** An object as it stands in a body, of the shape of its type. */
export type Fields = Readonly<Record<string, unknown>>;

const none: Fields = {};

// What stands in a field. Whatever is missing or of another type counts as not said, as the zero values of Go do.

/** The object in a field; an empty one when there is none. */
export function objectIn(object: Fields | undefined, field: string): Fields {
  return presentIn(object, field) ?? none;
}

/** Likewise, and undefined when there is none. */
export function presentIn(object: Fields | undefined, field: string): Fields | undefined {
  const value = object?.[field];
  return typeof value === "object" && value !== null ? (value as Fields) : undefined;
}

/** The objects in a field that holds a list. */
export function objectsIn(object: Fields | undefined, field: string): readonly Fields[] {
  const value = object?.[field];
  return Array.isArray(value) ? (value as readonly (Fields | null)[]).map((one) => one ?? none) : [];
}

/** The texts in a field that holds a list. */
export function textsIn(object: Fields | undefined, field: string): readonly string[] {
  const value = object?.[field];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The text in a field; "" when there is none. */
export function textIn(object: Fields | undefined, field: string): string {
  const value = object?.[field];
  return typeof value === "string" ? value : "";
}

/** The number in a field; undefined when there is none. */
export function numberIn(object: Fields | undefined, field: string): number | undefined {
  const value = object?.[field];
  return typeof value === "number" ? value : undefined;
}

/** The entries of a field that holds texts by key, such as labels. */
export function entriesIn(object: Fields | undefined, field: string): readonly (readonly [string, string])[] {
  return Object.entries(objectIn(object, field)) as [string, string][];
}

/** How many bytes stand in a field, as base64. */
export function bytesIn(object: Fields | undefined, field: string): number {
  const text = textIn(object, field);
  return (text.length / 4) * 3 - (text.match(/=+$/)?.[0].length ?? 0);
}
