import { type Clock, systemClock } from "@kubewright/core";
import type { AwarePage } from "./events/awareness.ts";

/** What a page has, as far as it is of use here. */
export interface Page extends AwarePage {
  readonly clock: Clock;
  /** Undefined: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly document?: (NonNullable<AwarePage["document"]> & { readonly baseURI?: string }) | undefined;
  readonly location?: { readonly href: string } | undefined;
}

/** The one that this code runs in. */
export function thisPage(): Page {
  const page = globalThis as Partial<Omit<Page, "clock" | "fetch">>;
  return {
    clock: systemClock,
    document: page.document,
    location: page.location,
    navigator: page.navigator,
    addEventListener: (type, listener) => page.addEventListener?.(type, listener),
    removeEventListener: (type, listener) => page.removeEventListener?.(type, listener),
  };
}
