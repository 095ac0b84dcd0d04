import { type Clock, systemClock } from "@kubewright/core";
import type { AwarePage } from "./events/awareness.ts";
import type { PlatformChannel } from "./ports/channel.ts";
import type { PlatformLocks } from "./ports/locks.ts";

/** What a page has, as far as it is of use here. Described here, for programs that are compiled without the types of pages. */
export interface Page extends AwarePage {
  readonly clock: Clock;
  /** Undefined: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly document?: (NonNullable<AwarePage["document"]> & { readonly baseURI?: string }) | undefined;
  readonly location?: { readonly href: string } | undefined;
  readonly navigator?: (AwarePage["navigator"] & { readonly locks?: PlatformLocks | undefined }) | undefined;
  readonly isSecureContext?: boolean | undefined;
  readonly BroadcastChannel?: (new (name: string) => PlatformChannel) | undefined;
}

/** The one that this code runs in. */
export function thisPage(): Page {
  const page = globalThis as Partial<Omit<Page, "clock" | "fetch">>;
  return {
    clock: systemClock,
    document: page.document,
    location: page.location,
    navigator: page.navigator,
    isSecureContext: page.isSecureContext,
    BroadcastChannel: page.BroadcastChannel,
    addEventListener: (type, listener) => page.addEventListener?.(type, listener),
    removeEventListener: (type, listener) => page.removeEventListener?.(type, listener),
  };
}
