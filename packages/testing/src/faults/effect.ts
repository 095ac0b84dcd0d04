import type { Break } from "../exchange/broken-connection.ts";
import type { Refusal } from "../exchange/refusal.ts";
import type { LateReplica } from "./late-replica.ts";

/** What a fault does. */
export type Effect =
  /** Before the request is looked at. */
  | { readonly is: "delay"; readonly ms: number }
  | { readonly is: "refuse"; readonly refusal: Refusal }
  | { readonly is: "drop" }
  /** To the answer. */
  | { readonly is: "break"; readonly bytes: number; readonly how: Break }
  | { readonly is: "stall"; readonly bytes: number }
  | { readonly is: "goAway" }
  /** To an event of a watch. */
  | { readonly is: "skipEvent" }
  | { readonly is: "repeatEvent" }
  /** To what is read. */
  | { readonly is: "stale"; readonly replica: LateReplica };
