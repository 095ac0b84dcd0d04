import { ConnectionError, isStatusError, StatusError } from "@kubewright/core";
import type { ConnectionState } from "../events/connection-state.ts";
import type { Batch, Watched } from "../events/watches.ts";

/** Counts up when a tab of one build would misunderstand the other. */
export const messagesVersion = 1;

/** What a hub is for: one place, as one user. */
export interface HubKey {
  readonly baseUrl: string;
  readonly session: string;
}

/** What a tab says to its hub, after `hello`. */
export type ToHub =
  | ({ readonly type: "news" } & PageNews)
  | { readonly type: "watch"; readonly id: number; readonly watched: Watched }
  /** It took as many events as that, and can take more. */
  | { readonly type: "taken"; readonly id: number; readonly count: number }
  | { readonly type: "leave"; readonly id: number }
  /** A request of its own went through. */
  | { readonly type: "succeeded" }
  /** Somebody does not want to wait. */
  | { readonly type: "retry" }
  | { readonly type: "ping" };

/** What a tab says first, and what it says last. */
export type ToServer = ToHub | ({ readonly type: "hello" } & HubKey & PageNews) | { readonly type: "bye" };

/** What is to be known of a tab. */
export interface PageNews {
  readonly online: boolean;
  readonly visible: boolean;
}

/** What a hub says to a tab. */
export type ToTab =
  /** The answer to `hello`. */
  | { readonly type: "welcome" }
  /** The answer to `ping`. */
  | { readonly type: "pong" }
  /** The tab was forgotten, for it had not said anything for long. */
  | { readonly type: "unknown" }
  /** The hub is one no longer. */
  | { readonly type: "ended" }
  | { readonly type: "accepted"; readonly id: number }
  | { readonly type: "events"; readonly id: number; readonly events: Batch }
  | { readonly type: "failed"; readonly id: number; readonly failure: Failure }
  | {
      readonly type: "connection";
      readonly state: ConnectionState["state"];
      readonly since: number;
      readonly failure: Failure | undefined;
    }
  /** As {@link Watches.onReachable}. */
  | { readonly type: "reachable" }
  | { readonly type: "warning"; readonly text: string };

/** An error that can be cloned. */
export interface Failure {
  readonly message: string;
  /** Of a refusal. */
  readonly status?: StatusError["status"] | undefined;
  readonly code?: number | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : "it failed without saying why";
  if (!isStatusError(error)) return { message };
  return { message, status: error.status, code: error.statusCode, retryAfterSeconds: error.retryAfterSeconds };
}

export function errorOf({ message, status, code = 500, retryAfterSeconds }: Failure): Error {
  return status === undefined ? new ConnectionError(message) : new StatusError(status, code, { retryAfterSeconds });
}
