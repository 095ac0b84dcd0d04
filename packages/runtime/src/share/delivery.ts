import type { Held } from "./held.ts";

/** One change as its consumer sees it. `previous` is what this consumer last saw. */
export type Change<V> =
  | { readonly type: "added"; readonly held: Held<V>; readonly previous: undefined }
  | { readonly type: "updated"; readonly held: Held<V>; readonly previous: Held<V> }
  /** `held` is the final state; where very much waits, `previous` takes its place. */
  | { readonly type: "deleted"; readonly held: Held<V>; readonly previous: Held<V> };

/** The newest state of each object: what {@link Delivery.changed} was told, neither more nor less. */
export type Current<V> = Pick<ReadonlyMap<string, Held<V>>, "get" | "size">;

/** Changes that wait for one consumer, each key once, however often it changes. */
export interface Delivery<V> {
  /** How many keys wait. Each gives one change; two, where another object has the name; or none, where all is as it was. */
  readonly size: number;
  /** Takes a change as `Consumer.change` tells it. */
  changed(before: Held<V> | undefined, after: Held<V> | undefined, last: Held<V> | undefined): void;
  /** Has the current state of these delivered once more; what did not change comes as updated, with itself as `previous`. */
  resync(entries: Iterable<Held<V>>): void;
  /** The change that has waited longest; undefined when there is none. Not to be called from within `Consumer.change`. */
  take(): Change<V> | undefined;
  /** Resolves when something waits: true; or when it was ended: false. */
  next(): Promise<boolean>;
  /** Lets go of everything. */
  end(): void;
}

/** So much may wait, with final states, however few objects there are. Beyond, and beyond their number, final states are let go of. */
const roomAtLeast = 1000;

interface Waiting<V> {
  readonly key: string;
  /** What the consumer last saw of the key. */
  previous: Held<V> | undefined;
  /** The final state of `previous`, which is gone. */
  last: Held<V> | undefined;
  /** Whether to deliver it even if nothing changed. */
  readonly again: boolean;
  // A list through the entries, for taking from the front of a Map costs more with each that was removed there.
  before: Waiting<V> | undefined;
  after: Waiting<V> | undefined;
}

/**
 * Delivery to one consumer that is as slow as it likes. What waits is kept as what the consumer last saw, and compared with `current` when
 * it is taken: so it is bounded by the number of keys, and what came and went in between is not delivered.
 */
export function createDelivery<V>(current: Current<V>): Delivery<V> {
  const waiting = new Map<string, Waiting<V>>();
  let oldest: Waiting<V> | undefined;
  let newest: Waiting<V> | undefined;
  /** Those with a final state. */
  const finals = new Set<Waiting<V>>();
  let ended = false;
  let somebody: { readonly promise: Promise<boolean>; readonly resolve: (more: boolean) => void } | undefined;

  function append(key: string, previous: Held<V> | undefined, again: boolean): Waiting<V> {
    const added: Waiting<V> = { key, previous, last: undefined, again, before: newest, after: undefined };
    if (newest === undefined) oldest = added;
    else newest.after = added;
    newest = added;
    waiting.set(key, added);
    keepRoom();
    wake(true);
    return added;
  }

  function remove(taken: Waiting<V>): void {
    if (taken.before === undefined) oldest = taken.after;
    else taken.before.after = taken.after;
    if (taken.after === undefined) newest = taken.before;
    else taken.after.before = taken.before;
    waiting.delete(taken.key);
    finals.delete(taken);
  }

  function keepRoom(): void {
    if (finals.size === 0 || waiting.size + finals.size <= Math.max(roomAtLeast, current.size)) return;
    for (const one of finals) one.last = undefined;
    finals.clear();
  }

  function wake(more: boolean): void {
    somebody?.resolve(more);
    somebody = undefined;
  }

  return {
    get size() {
      return waiting.size;
    },
    changed(before, after, last) {
      const key = (after ?? before)?.key;
      if (ended || key === undefined) return;
      const one = waiting.get(key) ?? append(key, before, false);
      if (after !== undefined) return;
      if (one.previous === undefined) remove(one);
      else if (last?.uid === one.previous.uid) {
        one.last = last;
        finals.add(one);
        keepRoom();
      }
    },
    resync(entries) {
      if (ended) return;
      for (const held of entries) if (!waiting.has(held.key)) append(held.key, held, true);
    },
    take() {
      for (let one = oldest; one !== undefined; one = oldest) {
        const held = current.get(one.key);
        const { previous, last, again } = one;
        if (previous !== undefined && held !== undefined && previous.uid !== held.uid) {
          // It stays in its place, as one that the consumer has not seen.
          one.previous = one.last = undefined;
          finals.delete(one);
          return { type: "deleted", held: last ?? previous, previous };
        }
        remove(one);
        if (held === undefined) {
          if (previous !== undefined) return { type: "deleted", held: last ?? previous, previous };
        } else if (previous === undefined) return { type: "added", held, previous };
        else if (held !== previous || again) return { type: "updated", held, previous };
      }
      return undefined;
    },
    next() {
      if (ended || waiting.size > 0) return Promise.resolve(!ended);
      if (somebody === undefined) {
        let resolve = (_more: boolean): void => {};
        const promise = new Promise<boolean>((settle) => (resolve = settle));
        somebody = { promise, resolve };
      }
      return somebody.promise;
    },
    end() {
      ended = true;
      waiting.clear();
      oldest = newest = undefined;
      finals.clear();
      wake(false);
    },
  };
}
