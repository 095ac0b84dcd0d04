import { useStore } from "@kubewright/browser/react";
import { createValue } from "../live/value.ts";
import { hrefOf, parseRoute, type Route } from "./route.ts";

const route = createValue(parseRoute(location.hash));
addEventListener("hashchange", () => route.set(parseRoute(location.hash)));

/** Where the page is. */
export function useRoute(): Route {
  return useStore(route);
}

/** Goes from where the page is to what differs; typing in the search leaves no trail of steps behind. */
export function go(change: Partial<Route>, step: "new" | "same" = "new"): void {
  const href = hrefOf({ ...route.getSnapshot(), ...change });
  if (step === "new") location.hash = href;
  else {
    history.replaceState(undefined, "", href);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
