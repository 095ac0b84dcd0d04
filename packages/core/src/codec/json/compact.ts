import type { Fields } from "../codec.ts";

/** Longer strings are rarely equal. JSON.parse itself shares those of up to ten characters, in V8. */
const shortest = 11;
const longest = 256;
/** What lies deeper stays as it is. */
const deepest = 64;

const nothing: Fields = Object.create(null) as Fields;

/**
 * Makes an object small that will be kept: equal strings share their memory, also with those of all other objects that went through
 * here, and empty objects have no room for fields to come.
 *
 * Engines keep the names of properties once for all, in a table that holds on to none of them. What was asked for as a name is from
 * then on the one string of that name: so no table is needed here, which would need a bound, and no string outlives its use.
 */
export function compact(object: Fields): void {
  compactFields(object, 0);
}

/** Says whether there are any. */
function compactFields(object: Fields, depth: number): boolean {
  let any = false;
  for (const name in object) {
    any = true;
    // What others added to the prototype of all objects must not become a field.
    if (!compactValue(object[name], depth) && Object.hasOwn(object, name)) object[name] = new Empty();
  }
  return any;
}

/** Says whether it is anything but an object without fields. */
function compactValue(value: unknown, depth: number): boolean {
  if (typeof value === "string") {
    if (value.length >= shortest && value.length <= longest) void nothing[value];
  } else if (typeof value === "object" && value !== null && depth < deepest) {
    if (!Array.isArray(value)) return compactFields(value as Fields, depth + 1);
    for (const item of value as readonly unknown[]) compactValue(item, depth + 1);
  }
  return true;
}

// To V8 an object like any other, but made by a function that never adds a field: without the room for four that `{}` has.
const Empty = function () {} as unknown as new () => Fields;
Empty.prototype = Object.prototype;
