import { valueAt } from "../../objects/draft.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The text at a path such as `spec.type`, or `absent`. */
export function textAt(object: object, path: string, absent = ""): string {
  const value = valueAt(object, path);
  return typeof value === "string" ? value : absent;
}

/** The number at a path, or `absent`. */
export function numberAt(object: object, path: string, absent = 0): number {
  const value = valueAt(object, path);
  return typeof value === "number" ? value : absent;
}

/** The objects in the list at a path; none where there is no list. */
export function objectsAt(object: object, path: string): readonly Fields[] {
  const value = valueAt(object, path);
  return Array.isArray(value) ? (value as readonly Fields[]) : [];
}

/** The texts in the list at a path. */
export function textsAt(object: object, path: string): readonly string[] {
  const value = valueAt(object, path);
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The map at a path; an empty one where there is none. */
export function mapAt(object: object, path: string): Fields {
  const value = valueAt(object, path);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
