import { InputError, labelRequirements, meetsRequirements, nearest, type SelectMask, text } from "@kubewright/core";
import type { Current } from "../share/delivery.ts";
import type { Held } from "../share/held.ts";
import type { AnyObject } from "../watch/any-object.ts";
import type { CacheListOptions } from "./cache-options.ts";
import { ObjectIndex } from "./object-index.ts";
import type { Scope } from "./scope.ts";

/** The objects of one watch, by key: as of now, each time they are asked for. */
export interface Entries {
  readonly entries: ReadonlyMap<string, Held<AnyObject>>;
}

/** What an informer holds: the objects of its watches, and indexes over them. */
export class Store implements Current<AnyObject> {
  readonly #scope: Scope;
  readonly #parts: ReadonlyMap<string | undefined, Entries>;
  readonly #indexes: ReadonlyMap<string, ObjectIndex<AnyObject>>;
  readonly #select: SelectMask | undefined;
  #byNamespace: ObjectIndex<AnyObject> | undefined;

  /** `parts`: by namespace, or one under undefined. */
  constructor(
    scope: Scope,
    parts: ReadonlyMap<string | undefined, Entries>,
    indexes: ReadonlyMap<string, ObjectIndex<AnyObject>>,
    select: SelectMask | undefined,
  ) {
    this.#scope = scope;
    this.#parts = parts;
    this.#indexes = indexes;
    this.#select = select;
  }

  /** Brings the indexes up to the entries. */
  change(before: Held<AnyObject> | undefined, after: Held<AnyObject> | undefined): void {
    for (const index of this.#indexes.values()) index.change(before, after);
    this.#byNamespace?.change(before, after);
  }

  get size(): number {
    let size = 0;
    for (const { entries } of this.#parts.values()) size += entries.size;
    return size;
  }

  get(key: string): Held<AnyObject> | undefined {
    const part = this.#parts.get(undefined) ?? this.#parts.get(key.slice(0, key.indexOf("/")));
    return part?.entries.get(key);
  }

  *all(): Iterable<Held<AnyObject>> {
    for (const { entries } of this.#parts.values()) yield* entries.values();
  }

  object(name: string, namespace: string | undefined): AnyObject | undefined {
    const key = this.#scope.keyOf(name, namespace);
    return key === undefined ? undefined : this.get(key)?.value;
  }

  list({ namespace, labelSelector }: CacheListOptions): AnyObject[] {
    const requirements = labelSelector === undefined ? [] : labelRequirements(labelSelector);
    if (requirements.length > 0) this.#refuseWithoutLabels();
    const within = this.#scope.within(namespace);
    const found: AnyObject[] = [];
    for (const { value } of within === undefined ? this.all() : this.#in(within)) {
      if (requirements.length === 0 || meetsRequirements(requirements, value.metadata.labels)) found.push(value);
    }
    return found;
  }

  byIndex(name: string, value: string): AnyObject[] {
    text(value, "value");
    return Array.from(this.#index(name).get(value), (held) => held.value);
  }

  keys(name: string): string[] {
    return [...this.#index(name).keys()];
  }

  /** Labels that were never read would choose nothing, or too much. */
  #refuseWithoutLabels(): void {
    let mask: true | SelectMask | undefined = this.#select ?? true;
    for (const field of ["metadata", "labels"]) if (typeof mask === "object") mask = mask[field];
    if (mask !== true)
      throw new InputError(
        "labelSelector",
        "the informer's select leaves out labels; add metadata: { labels: true } to it",
      );
  }

  #index(name: string): ObjectIndex<AnyObject> {
    const index = this.#indexes.get(name);
    if (index !== undefined) return index;
    const close = nearest(text(name, "index") ?? "", [...this.#indexes.keys()]);
    const fix =
      this.#indexes.size === 0
        ? "; the option index makes them"
        : `; did you mean ${JSON.stringify(close ?? [...this.#indexes.keys()])}?`;
    throw new InputError("index", `this informer has none of the name ${JSON.stringify(name)}${fix}`);
  }

  #in(namespace: string): Iterable<Held<AnyObject>> {
    const part = this.#parts.get(namespace);
    if (part !== undefined) return part.entries.values();
    // Who asks once by namespace will ask again.
    if (this.#byNamespace === undefined) {
      this.#byNamespace = new ObjectIndex((held) => (held.namespace === undefined ? [] : [held.namespace]));
      for (const held of this.all()) this.#byNamespace.change(undefined, held);
    }
    return this.#byNamespace.get(namespace);
  }
}
