import { valueAt } from "../../objects/draft.ts";
import { mapAt, numberAt, objectsAt, textAt, textsAt } from "./read.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { selectorOf } from "../../validation/label-selector.ts";
import { humanDuration } from "./human-duration.ts";

/** What stands in a column, of an object and at a time in milliseconds since 1970. */
export type Cell = (object: ApiObject, now: number) => string | number | boolean;

/** The text at a path. */
export function text(path: string, absent = ""): Cell {
  return (object) => textAt(object, path) || absent;
}

/** The number at a path. */
export function number(path: string): Cell {
  return (object) => numberAt(object, path);
}

/** The number at a path, or a text where there is none. */
export function numberOr(path: string, absent: string): Cell {
  return (object) => (typeof valueAt(object, path) === "number" ? numberAt(object, path) : absent);
}

/** A number, or a text such as a percentage, as text. */
export function quantity(path: string, absent: string): Cell {
  return (object) => String((valueAt(object, path) as string | number | null | undefined) ?? absent);
}

/** The flag at a path. */
export function flag(path: string, absent = false): Cell {
  return (object) => (valueAt(object, path) as boolean | null | undefined) ?? absent;
}

/** How many entries the lists and maps at some paths have together. */
export function count(...paths: readonly string[]): Cell {
  return (object) =>
    paths.reduce(
      (sum, path) => sum + Object.keys((valueAt(object, path) as object | null | undefined) ?? {}).length,
      0,
    );
}

/** Two numbers, such as `1/3`. */
export function ratio(part: string, whole: string): Cell {
  return (object) => `${numberAt(object, part)}/${numberAt(object, whole)}`;
}

/** Two texts of an object with something between. */
export function joined(first: string, between: string, second: string): Cell {
  return (object) => textAt(object, first) + between + textAt(object, second);
}

/** The texts of a list, with commas. */
export function texts(path: string, absent = ""): Cell {
  return (object) => textsAt(object, path).join(",") || absent;
}

/** A field of each object of a list, with commas. */
export function each(path: string, field: string): Cell {
  return (object) =>
    objectsAt(object, path)
      .map((one) => textAt(one, field))
      .join(",");
}

/** How long ago the time at a path was. */
export function since(path: string, absent = "<unknown>"): Cell {
  return (object, now) => sinceTime(textAt(object, path), now, absent);
}

/** How long ago a time was. */
export function sinceTime(time: string, now: number, absent = "<unknown>"): string {
  return time === "" ? absent : humanDuration(now - Date.parse(time));
}

/** The selector at a path as text. */
export function selector(path: string, absent = "<none>"): Cell {
  return (object) => selectorOf(mapAt(object, path))?.text || absent;
}

/** The map at a path, such as `a=b,c=d`. */
export function labels(path: string): Cell {
  return (object) =>
    Object.entries(mapAt(object, path))
      .map(([key, value]) => `${key}=${String(value)}`)
      .toSorted()
      .join(",") || "<none>";
}

export const name: Cell = text("metadata.name");
export const age: Cell = since("metadata.creationTimestamp");
/** When it was made, as a time. */
export const createdAt: Cell = text("metadata.creationTimestamp");

/** Some of a list, and how many more there are. `of`: how many there are, where the list has not all. */
export function someOf(list: readonly string[], most: number, separator = ",", of: number = list.length): string {
  const shown = list.slice(0, most).join(separator);
  return list.length > most ? `${shown} + ${of - most} more...` : shown;
}
