import type { CallOptions, SelectorOptions } from "@kubewright/core";

/** What of a collection is relayed, and as whom it is read. */
export interface RelayOptions extends SelectorOptions, Pick<CallOptions, "impersonate" | "token" | "signal"> {
  /** Tells only what is newer than this version. Default: what exists, a bookmark that ends it, and what comes then. */
  readonly resourceVersion?: string | undefined;
  /** Until this aborts, the watch goes on without readers, so that who comes again soon need not read all anew. Default: it ends with its last reader. */
  readonly keep?: AbortSignal | undefined;
}
