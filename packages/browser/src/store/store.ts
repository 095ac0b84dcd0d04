/**
 * A value that changes, as UI frameworks take one: React by `useStore`, Svelte as a store (`$pods`), Vue by `subscribe` and a
 * `shallowRef`.
 */
export interface Store<V> {
  /** The value as of now: the same one until it is another. */
  readonly getSnapshot: () => V;
  /**
   * Calls `listener` with the value at once, and each time it is another; gives what ends that. What a listener throws then is an
   * uncaught error, and holds up no other listener.
   */
  readonly subscribe: (listener: (value: V) => void) => () => void;
}
