import type { IncomingMessage } from "node:http";
import type { Clock, Cluster } from "@kubewright/core";
import type { Identities, Identity } from "../guard/identity.ts";
import type { Limits } from "../guard/limits.ts";
import type { Rules } from "../guard/rules.ts";
import type { Refusal } from "../request/refusal.ts";

/** What the shared watches of a proxy are made of. */
export interface WatchParts {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly identities: Identities;
  /** Stand on every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: Pick<Limits, "stallMs" | "inAll" | "of">;
  /** What a page is told of an error that no API server gave it. */
  failureOf(error: unknown): Refusal;
  /** Is told of each subscription that is refused. */
  refused(request: IncomingMessage, refusal: Refusal): void;
}

/** Who asks. */
export interface Caller {
  readonly request: IncomingMessage;
  readonly identity: Identity;
}
