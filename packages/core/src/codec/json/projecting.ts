import type { SelectMask, Wanted } from "../../types/wanted.ts";
import type { Fields } from "../codec.ts";
import { isObject } from "../is-object.ts";
import { isRawJson } from "./parse-json.ts";
import { compact } from "./compact.ts";

/** Makes of a decoded object what is wanted of it. The object is used up. */
export type Project = (object: Fields) => Fields;

/** The fields that stay; `true` for all below. A map, for names such as `__proto__`. */
type Mask = ReadonlyMap<string, Mask | true>;

const identity = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp"];

/** The projection that {@link Wanted} describes. */
export function projecting(wanted: Wanted): Project {
  const mask = wanted.select === undefined ? undefined : objectMask(wanted.select, wanted.managedFields);
  return (object) => {
    const selected = mask === undefined ? object : select(object, mask);
    const kept = wanted.managedFields ? selected : withoutManagedFields(selected);
    if (wanted.shareStrings) compact(kept);
    return kept;
  };
}

/** A mask with what always stays. */
function objectMask(given: SelectMask, managedFields: boolean): Mask {
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

function select(object: Fields, mask: Mask): Fields {
  const selected: Fields = {};
  for (const name of Object.keys(object)) {
    const below = mask.get(name);
    if (below !== undefined) setField(selected, name, below === true ? object[name] : selectBelow(object[name], below));
  }
  return selected;
}

/** Lists within lists are no part of the API, and text, numbers and null have no fields that could be left out. */
function selectBelow(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((item) => (hasFields(item) ? select(item, mask) : (item as unknown)));
  return hasFields(value) ? select(value, mask) : value;
}

function hasFields(value: unknown): value is Fields {
  return isObject(value) && !isRawJson(value);
}

function withoutManagedFields(object: Fields): Fields {
  const { metadata } = object;
  if (!isObject(metadata) || !Object.hasOwn(metadata, "managedFields")) return object;
  const kept: Fields = {};
  for (const name of Object.keys(metadata)) if (name !== "managedFields") setField(kept, name, metadata[name]);
  object["metadata"] = kept;
  return object;
}

/** Also where the name is one of the prototype's. */
function setField(object: Fields, name: string, value: unknown): void {
  if (name === "__proto__")
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else object[name] = value;
}
