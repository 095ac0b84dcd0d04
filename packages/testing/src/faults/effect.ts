import type { Break } from "../exchange/broken-connection.ts";
import type { Refusal } from "../exchange/refusal.ts";
import type { LateReplica } from "./late-replica.ts";

/** After how much of an answer; what is undefined was left out. */
export interface After {
  readonly bytes: number | undefined;
  readonly messages: number | undefined;
}

/** What a fault does. */
export type Effect =
  /** Before the request is looked at. */
  | { readonly is: "delay"; readonly ms: number }
  | { readonly is: "refuse"; readonly refusal: Refusal }
  | { readonly is: "drop" }
  /** To the answer. */
  | { readonly is: "break"; readonly after: After; readonly how: Break }
  | { readonly is: "stall"; readonly after: After }
  | { readonly is: "goAway" }
  /** To a connection of messages. */
  | { readonly is: "noStatus" }
  | { readonly is: "deaf" }
  /** To an event of a watch. */
  | { readonly is: "skipEvent" }
  | { readonly is: "repeatEvent" }
  /** To what is read. */
  | { readonly is: "stale"; readonly replica: LateReplica };
