import type { Held } from "../share/held.ts";

/** Objects by values that a function gives of each. */
export class ObjectIndex<V> {
  readonly #valuesOf: (held: Held<V>) => readonly string[];
  // What a function gave once is kept: asked again of the same object, it might give something else, and leave the object behind.
  readonly #values = new Map<Held<V>, readonly string[]>();
  readonly #held = new Map<string, Set<Held<V>>>();

  /** `valuesOf` must not throw. */
  constructor(valuesOf: (held: Held<V>) => readonly string[]) {
    this.#valuesOf = valuesOf;
  }

  /** One object takes the place of another, or of none; or only leaves. */
  change(before: Held<V> | undefined, after: Held<V> | undefined): void {
    if (before !== undefined) this.#remove(before);
    if (after !== undefined) this.#add(after);
  }

  /** All that have this value. */
  get(value: string): Iterable<Held<V>> {
    return this.#held.get(value) ?? [];
  }

  /** The values that objects have. */
  keys(): Iterable<string> {
    return this.#held.keys();
  }

  #add(held: Held<V>): void {
    const values = this.#valuesOf(held);
    if (values.length === 0) return;
    this.#values.set(held, values);
    for (const value of values) {
      const others = this.#held.get(value);
      if (others === undefined) this.#held.set(value, new Set([held]));
      else others.add(held);
    }
  }

  #remove(held: Held<V>): void {
    for (const value of this.#values.get(held) ?? []) {
      const others = this.#held.get(value);
      others?.delete(held);
      if (others?.size === 0) this.#held.delete(value);
    }
    this.#values.delete(held);
  }
}
