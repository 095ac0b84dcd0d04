import type { Status } from "@kubewright/core/meta";
import type { ServerAnswer } from "../exchange/exchange.ts";
import type { ApiObject } from "../store/api-object.ts";

/** What a verb comes to, before it is put into the shape and encoding that were asked for. */
export type Outcome =
  | { readonly kind: "object"; readonly status: number; readonly object: ApiObject }
  | { readonly kind: "list"; readonly list: ListOutcome }
  | { readonly kind: "watch"; readonly events: AsyncIterable<WatchOutcome> }
  /** No body at all. */
  | { readonly kind: "nothing" }
  /** An answer that is passed on as it is. */
  | { readonly kind: "whole"; readonly answer: ServerAnswer }
  | { readonly kind: "status"; readonly status: Status & { readonly code?: number } };

/** Some objects of a collection. */
export interface ListOutcome {
  readonly objects: readonly ApiObject[];
  /** Empty for objects that are not kept. */
  readonly resourceVersion: string;
  readonly continue: string | undefined;
  readonly remaining: number | undefined;
}

/** One event of a watch. A bookmark's object has a kind and a version only; an error's is a Status. */
export interface WatchOutcome {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: ApiObject | Status;
}
