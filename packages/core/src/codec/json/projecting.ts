import type { Wanted } from "../../types/wanted.ts";
import type { Fields } from "../codec.ts";
import { isObject } from "../is-object.ts";
import { wantedMask, select, setField } from "../select.ts";
import { compact } from "./compact.ts";

/** Makes of a decoded object what is wanted of it. The object is used up. */
export type Project = (object: Fields) => Fields;

/** The projection that {@link Wanted} describes. */
export function projecting(wanted: Wanted): Project {
  const mask = wantedMask(wanted);
  return (object) => {
    const selected = mask === undefined ? object : select(object, mask);
    const kept = wanted.managedFields ? selected : withoutManagedFields(selected);
    if (wanted.shareStrings) compact(kept);
    return kept;
  };
}

function withoutManagedFields(object: Fields): Fields {
  const { metadata } = object;
  if (!isObject(metadata) || !Object.hasOwn(metadata, "managedFields")) return object;
  const kept: Fields = {};
  for (const name of Object.keys(metadata)) if (name !== "managedFields") setField(kept, name, metadata[name]);
  object["metadata"] = kept;
  return object;
}
