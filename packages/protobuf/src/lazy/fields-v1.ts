import { DecodeError, parseJson } from "@kubewright/core";

/** A base class whose objects are those that it was given: a class on it puts private fields on them. */
const Given = function (object: object) {
  return object;
} as unknown as new (object: object) => object;

class Held extends Given {
  /** The text; from when it was first read on its value, in a list of one. */
  #held: string | readonly [unknown];

  constructor(entry: object, text: string) {
    super(entry);
    this.#held = text;
  }

  static textOf(entry: object): string | undefined {
    return #held in entry && typeof entry.#held === "string" ? entry.#held : undefined;
  }

  /** The same value each time: frozen objects are asked again. */
  static read(entry: object): unknown {
    const held = entry as Held;
    if (typeof held.#held === "string") held.#held = [parsed(held.#held)];
    return held.#held[0];
  }
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new DecodeError("Undecodable: a fieldsV1 of managedFields is not valid JSON");
  }
}

const key = "fieldsV1";

/** What the field becomes: an ordinary one. */
function settle(entry: object, value: unknown): void {
  Object.defineProperty(entry, key, { value, writable: true, enumerable: true, configurable: true });
}

const accessor: PropertyDescriptor = {
  enumerable: true,
  configurable: true,
  get(this: object) {
    const value = Held.read(this);
    if (Object.getOwnPropertyDescriptor(this, key)?.configurable === true) settle(this, value);
    return value;
  },
  set(this: object, value: unknown) {
    settle(this, value);
  },
};

/**
 * Gives an entry of managedFields its `fieldsV1`, which is parsed when it is first read: a third of a pod's bytes, which hardly anyone
 * looks at. Until then it is an accessor, to all who do not ask for descriptors no different from a value.
 */
export function holdFields(entry: object, text: string): void {
  void new Held(entry, text);
  Object.defineProperty(entry, key, accessor);
}

/** The JSON text of an entry's `fieldsV1` that was not looked at yet; undefined for all others. */
export function heldFields(entry: object): string | undefined {
  return Object.getOwnPropertyDescriptor(entry, key)?.get === accessor.get ? Held.textOf(entry) : undefined;
}
