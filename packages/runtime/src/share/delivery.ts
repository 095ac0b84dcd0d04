import type { Held } from "./held.ts";

/** One change as its consumer sees it. `previous` is what this consumer last saw. Of what was deleted, `held` is the final state. */
export type Change<V> =
  | { readonly type: "added"; readonly held: Held<V>; readonly previous: undefined }
  | { readonly type: "updated" | "deleted"; readonly held: Held<V>; readonly previous: Held<V> };

/** Changes that wait for one consumer: at most one per key, however many come. */
export interface Delivery<V> {
  /** How many keys wait; each gives at most one change, or two where another object has the name. */
  readonly size: number;
  /** A change, as {@link Consumer.change} tells it. */
  changed(before: Held<V> | undefined, after: Held<V> | undefined, last: Held<V> | undefined): void;
  /** Has all of these delivered once more; what did not change comes as updated, with itself as `previous`. */
  resync(entries: Iterable<Held<V>>): void;
  /** The change that has waited longest; undefined when there is none. Not from within {@link Consumer.change}. */
  take(): Change<V> | undefined;
  /** Resolves when something waits: true; or when it was ended: false. */
  next(): Promise<boolean>;
  /** Lets go of everything. */
  end(): void;
}

/** The newest state of each object; never ahead of what `changed` was told. */
export type Current<V> = Pick<ReadonlyMap<string, Held<V>>, "get" | "size">;
