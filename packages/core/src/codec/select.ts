import type { SelectMask, Wanted } from "../types/wanted.ts";
import type { Fields } from "./codec.ts";
import { isObject } from "./is-object.ts";
import { isRawJson } from "./json/parse-json.ts";

/** The fields that stay; `true` for all below. A map, for names such as `__proto__`. */
export type Mask = ReadonlyMap<string, Mask | true>;

const identity = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp"];

/** The mask of what is wanted of an object, with what always stays; undefined if all is. */
export function wantedMask({ select: given, managedFields }: Wanted): Mask | undefined {
  if (given === undefined) return undefined;
  const mask = new Map(maskOf(given));
  mask.set("apiVersion", true).set("kind", true);
  const metadata = mask.get("metadata");
  if (metadata !== true) {
    const always = managedFields ? [...identity, "managedFields"] : identity;
    mask.set("metadata", new Map([...(metadata ?? []), ...always.map((name) => [name, true] as const)]));
  }
  return mask;
}

function maskOf(given: SelectMask): Mask {
  return new Map(Object.entries(given).map(([name, below]) => [name, below === true ? true : maskOf(below)]));
}

/** The fields of an object that a mask has. */
export function select(object: Fields, mask: Mask): Fields {
  const selected: Fields = {};
  for (const name of Object.keys(object)) {
    const below = mask.get(name);
    if (below !== undefined) setField(selected, name, below === true ? object[name] : selectBelow(object[name], below));
  }
  return selected;
}

/** Lists within lists are no part of the API, and text, numbers and null have no fields that could be left out. */
export function selectBelow(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((item) => (hasFields(item) ? select(item, mask) : (item as unknown)));
  return hasFields(value) ? select(value, mask) : value;
}

function hasFields(value: unknown): value is Fields {
  return isObject(value) && !isRawJson(value);
}

/** Sets a field, also where its name is one of the prototype's. */
export function setField(object: Fields, name: string, value: unknown): void {
  if (name === "__proto__")
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else object[name] = value;
}
