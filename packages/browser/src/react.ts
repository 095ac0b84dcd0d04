import { useSyncExternalStore } from "react";
import type { Store } from "./store/store.ts";

/**
 * The value of a store, such as what `createStore` gives, or the `connection` of a proxy's cluster; the component is drawn anew when it is
 * another.
 *
 * @example
 * const store = createStore(informer(pods)); // once, outside of components
 * const PodCount = () => useStore(store).items.length;
 */
export function useStore<V>({ subscribe, getSnapshot }: Store<V>): V {
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
