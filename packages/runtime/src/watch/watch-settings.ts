import type { CallOptions, SelectorOptions, Wanted } from "@kubewright/core";

/** What a running watch is of, beside the collection. */
export interface WatchSettings extends SelectorOptions, Pick<CallOptions, "impersonate" | "token"> {
  /** What is wanted of each object. */
  readonly wanted: Wanted;
  /** Whether the first state must be the server's newest, even where its cache would be cheaper. Default false. */
  readonly quorum?: boolean | undefined;
}
