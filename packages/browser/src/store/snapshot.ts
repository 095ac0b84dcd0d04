import type { Informer, WatchState } from "@kubewright/runtime";

/** What an informer held at one moment, and how it stood. Never changes. */
export interface Snapshot<T> {
  /**
   * The objects, by namespace and then name, as the server lists them. One that did not change is the same as in the snapshot before,
   * and so is the list when none did.
   */
  readonly items: readonly T[];
  /** Whether the collection was read to its end once: before, that `items` is empty says nothing. */
  readonly synced: boolean;
  /** How the watch stands. */
  readonly state: WatchState;
  /** Why the watch recovers, or what ended it; undefined while all is well. */
  readonly error: Error | undefined;
}

/** What a snapshot needs of an informer, where types no longer matter. */
export type Held = Pick<Informer<object>, "health" | "onChange" | "size"> & { list(): Named[] };

/** An object, as far as its place in the order goes. */
export interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
}

/** What the informer holds now; `before` itself where nothing is different. */
export function snapshotOf(informer: Held, before: Snapshot<Named> | undefined): Snapshot<Named> {
  const { synced, state, error } = informer.health;
  // Nearly in order as a rule, and then it is sorted in one pass.
  const list = informer.list().sort(byName);
  const items = before !== undefined && sameItems(before.items, list) ? before.items : list;
  const same = before?.items === items && before.synced === synced && before.state === state && before.error === error;
  return same ? before : { items, synced, state, error };
}

function byName({ metadata: a }: Named, { metadata: b }: Named): number {
  return order(a.namespace ?? "", b.namespace ?? "") || order(a.name, b.name);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameItems(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((item, at) => item === after[at]);
}
