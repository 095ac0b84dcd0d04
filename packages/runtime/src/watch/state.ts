import type { WatchEvent } from "@kubewright/core";

/** What goes along from state to state. */
export interface Course {
  /** Every change up to it has been told, so that a watch may go on there; undefined: the collection must be read. */
  readonly version: string | undefined;
  /** Whether the collection was read to its end once. */
  readonly synced: boolean;
  /** How often a request took the place of one that failed or ended. */
  readonly restarts: number;
  /** Why it does not run; undefined while all is well. */
  readonly error: Error | undefined;
  /** Failures with an answer, in a row: the exponent of the next pause. */
  readonly failures: number;
  /** How often in a row a version or token was too old. */
  readonly expired: number;
  /** When the first of the failures without an answer came; undefined while there are none. */
  readonly lostSince: number | undefined;
  /** How many answers in a row were that the resource does not exist. */
  readonly notFound: number;
  /** How many watches in a row ended at once and empty. */
  readonly shortWatches: number;
  /** How many watches in a row failed at the same version. */
  readonly stuck: number;
  /** Whether to ask for the collection as a watch: not now, when it just failed; never, where the server cannot do it. */
  readonly watchList: "ask" | "not now" | "never";
  /** Whether a state from the server's cache will do for the first list. */
  readonly cached: boolean;
}

/** How the collection is read: as a watch that begins with it, from the server's cache, or in pages of the newest state. */
export type Plan =
  | { readonly by: "watch"; readonly timeoutSeconds: number }
  | { readonly by: "cache" }
  | {
      readonly by: "pages";
      readonly continue: string | undefined;
      /** All in one answer, since the pages' token expired again and again. */
      readonly whole: boolean;
    };

/** It reads the collection. */
export interface Listing {
  readonly at: "listing";
  readonly course: Course;
  readonly plan: Plan;
  /** Whether `init` was told of this attempt. */
  readonly told: boolean;
  /** How often a token expired in this attempt. */
  readonly expired: number;
  /** When it began, and when the server last said something. */
  readonly since: number;
  readonly heardAt: number;
  /** Whether the response's headers came; only of a watch. */
  readonly opened: boolean;
}

/** It has a watch, or has asked for one. */
export interface Streaming {
  readonly at: "streaming";
  readonly course: Course;
  readonly opened: boolean;
  readonly since: number;
  readonly heardAt: number;
  /** When the server was asked to end it, and when the client does, should the server not. */
  readonly due: number;
  readonly until: number;
  /** How many changes came. */
  readonly events: number;
  readonly bookmarkAt: number | undefined;
  /** Whether bookmarks have come about once a minute, so that silence means something. */
  readonly periodic: boolean;
  /** Whether the server may have gone back behind our version, so that it is to be asked once it answers. */
  readonly doubtful: boolean;
  /** When to ask it; undefined when there is no need. */
  readonly checkAt: number | undefined;
}

/** It waits before it tries again. */
export interface Recovering {
  readonly at: "recovering";
  readonly course: Course;
  readonly until: number;
  /** The list to go on with, page and all; undefined: a watch where the version is known, else a new list. */
  readonly listing: Listing | undefined;
}

/** It is over. */
export type Ended =
  | { readonly at: "gone"; readonly course: Course }
  | { readonly at: "stopped"; readonly course: Course };

/** Where a watch that heals stands. */
export type State = Listing | Streaming | Recovering | Ended;

/** What happens to it. */
export type Input =
  /** The headers of the watch came. */
  | { readonly type: "opened" }
  /** A page of the list came. */
  | {
      readonly type: "listed";
      readonly items: readonly unknown[];
      readonly version: string;
      readonly continue: string | undefined;
    }
  /** The watch told a change. */
  | {
      readonly type: "changed";
      readonly change: Exclude<WatchEvent<unknown>["type"], "BOOKMARK">;
      readonly object: unknown;
      readonly version: string;
    }
  /** The watch told a version; `end`: all there was has come. */
  | { readonly type: "bookmark"; readonly version: string; readonly end: boolean }
  /** The server ended the watch. */
  | { readonly type: "ended" }
  /** The request failed. */
  | { readonly type: "failed"; readonly error: Error }
  /** The answer to a check: the version of the server's newest state. */
  | { readonly type: "checked"; readonly version: string }
  /** The check failed, but may succeed later. */
  | { readonly type: "unchecked" }
  /** What a lost connection, or a missing sign-in, stood in the way of is worth another try. */
  | { readonly type: "reachable" }
  /** Time passed. */
  | { readonly type: "tick" }
  /** The consumer took what it had held up the watch with. */
  | { readonly type: "taken" }
  | { readonly type: "stop" };

/** What is to be done about it. A request takes the place of the one before. */
export type Effect =
  | {
      readonly do: "list";
      readonly resourceVersion: "0" | undefined;
      readonly limit: number | undefined;
      readonly continue: string | undefined;
    }
  | { readonly do: "watch"; readonly version: string | undefined; readonly timeoutSeconds: number }
  | { readonly do: "check" }
  | { readonly do: "cancel" }
  /** The server can never be asked for this collection as a watch. */
  | { readonly do: "remember: no watch list" }
  | { readonly do: "init" }
  | { readonly do: "apply"; readonly object: unknown }
  | { readonly do: "delete"; readonly object: unknown }
  | { readonly do: "synced"; readonly version: string }
  | { readonly do: "progress"; readonly version: string };

/** A state, and what led there asks for. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** When and by what chance a step is made: at least 0 and below 1. */
export interface Moment {
  readonly now: number;
  readonly random: number;
}
