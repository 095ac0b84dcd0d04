import { DecodeError, parseJson } from "@kubewright/core";

const key = "fieldsV1";

/** Where an entry has the text until it is read. A symbol, for a private field cannot be reached through a Proxy. */
const held = Symbol(key);

interface Entry {
  [held]?: string | undefined;
}

/** The values of entries that cannot change: they are the same each time they are read. */
const fixed = new WeakMap<object, unknown>();

const accessor = {
  enumerable: true,
  configurable: true,
  get(this: Entry): unknown {
    if (fixed.has(this)) return fixed.get(this);
    const text = this[held];
    if (text === undefined) return undefined;
    const value = parsed(text);
    if (Object.getOwnPropertyDescriptor(this, key)?.configurable === false) fixed.set(this, value);
    else settle(this, value);
    return value;
  },
  set(this: Entry, value: unknown): void {
    settle(this, value);
  },
};

/**
 * Gives an entry of managedFields its `fieldsV1`, which is parsed when it is first read: a third of a pod's bytes, and hardly anyone
 * looks at them. Until then it is an accessor; to all who do not ask for descriptors that is no different from a value.
 */
export function holdFields(entry: object, text: string): void {
  Object.defineProperty(entry, held, { value: text, writable: true, configurable: true, enumerable: false });
  Object.defineProperty(entry, key, accessor);
}

/** The JSON of an entry's `fieldsV1` that nobody read or replaced; undefined for all others. */
export function heldFields(entry: object): string | undefined {
  return Object.getOwnPropertyDescriptor(entry, key)?.get === accessor.get ? (entry as Entry)[held] : undefined;
}

/** Makes the field an ordinary one. */
function settle(entry: Entry, value: unknown): void {
  Object.defineProperty(entry, key, { value, writable: true, enumerable: true, configurable: true });
  entry[held] = undefined;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new DecodeError("Undecodable: the fieldsV1 of an entry of managedFields is not valid JSON");
  }
}
