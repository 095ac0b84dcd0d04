import type { Store } from "@kubewright/browser";
import { useStore } from "@kubewright/browser/react";
import { hrefOf, parseRoute, type Route } from "./route.ts";

let current = parseRoute(location.hash);
const listeners = new Set<(route: Route) => void>();
addEventListener("hashchange", () => {
  current = parseRoute(location.hash);
  for (const listener of listeners) listener(current);
});

const route: Store<Route> = {
  getSnapshot: () => current,
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Where the page is. */
export function useRoute(): Route {
  return useStore(route);
}

/** Goes from where the page is to what differs; typing in the search leaves no trail of steps behind. */
export function go(change: Partial<Route>, step: "new" | "same" = "new"): void {
  const href = hrefOf({ ...current, ...change });
  if (step === "new") location.hash = href;
  else {
    history.replaceState(undefined, "", href);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
