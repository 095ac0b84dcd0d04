import type { Store } from "@kubewright/browser";

/** A store that is written. */
export interface Value<V> extends Store<V> {
  set(value: V): void;
}

/** A value of the page's own, told like those of the SDK. */
export function createValue<V>(first: V): Value<V> {
  let current = first;
  const listeners = new Set<(value: V) => void>();
  return {
    getSnapshot: () => current,
    subscribe(listener) {
      listeners.add(listener);
      listener(current);
      return () => listeners.delete(listener);
    },
    set(value) {
      current = value;
      for (const listener of listeners) listener(value);
    },
  };
}
