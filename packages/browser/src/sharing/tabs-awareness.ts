import type { Awareness } from "../events/awareness.ts";
import type { PageNews } from "./messages.ts";

/** What the tabs of a hub know together. */
export interface TabsAwareness extends Awareness {
  /** What is known of a tab from now on; undefined: it is no longer there. */
  set(tab: object, news: PageNews | undefined): void;
}

/** There is a network where one tab has it, and somebody looks when one is looked at. */
export function createTabsAwareness(): TabsAwareness {
  const tabs = new Map<object, PageNews>();
  const listeners = new Set<() => void>();
  return {
    get online() {
      return tabs.size === 0 || [...tabs.values()].some(({ online }) => online);
    },
    get visible() {
      return [...tabs.values()].some(({ visible }) => visible);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(tab, news) {
      if (news === undefined) tabs.delete(tab);
      else tabs.set(tab, news);
      for (const listener of listeners) listener();
    },
  };
}
