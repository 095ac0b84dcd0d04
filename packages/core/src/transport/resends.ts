import type { Clock } from "../time/clock.ts";
import { isBodyStream, type TrackedBody } from "./body-stream.ts";
import type { ApiRequest } from "./transport.ts";

/**
 * Why a request is to be sent again. Each is found by one place, named in ARCHITECTURE.md; whether it is done is decided here.
 *
 * - `busy`: 429 with Retry-After. `failing`: 5xx with Retry-After.
 * - `lost`: the connection broke before an answer. `truncated`: it broke within the body.
 * - `unauthorized`: 401, and there is another credential. `certificates`: nothing was sent, and the certificate files changed.
 * - `unprocessed`: the server proved that it did not process the request, as an HTTP/2 server can.
 * - `unreadable`: the answer to a read is in an encoding that cannot be read whole, or 406 refuses it; it is asked for as JSON.
 * - `unsupported`: 415, the server does not take the encoding of the body; it is sent as JSON.
 */
export type ResendReason =
  | "busy"
  | "failing"
  | "lost"
  | "truncated"
  | "unauthorized"
  | "certificates"
  | "unprocessed"
  | "unreadable"
  | "unsupported";

/** Decides for one call, whoever asks: it is the only owner of sending again. */
export interface Resends {
  /** Whether the request may be sent once more for this reason; who is told so sends it. */
  allow(reason: ResendReason): boolean;
}

/** What the resends of one cluster draw on together. */
export interface ResendBudget {
  /** How many are left; grows with each call. */
  left: number;
}

interface Rule {
  /** Which requests it holds for. Default: all, since the server certainly did not act on them. */
  readonly only?: (request: Resendable) => boolean;
  /** How often for one call. */
  readonly most: number;
  /** Whether the budget pays; the first loss of a call is free, for one connection that breaks takes many reads with it. */
  readonly paid: "always" | "not the first" | "never";
}

type Resendable = Pick<ApiRequest, "method" | "replay"> & Partial<Pick<ApiRequest, "body">>;

/** How often one call may be sent again in all; client-go's maxRetries (rest/request.go). */
const mostInAll = 10;

/** What a cluster may have beyond its share, and the share that each call adds. It keeps a storm of refusals from growing. */
const budget = { most: 10, perCall: 0.1 } as const;

// What follows a collection has a backoff of its own, and says `never`; an upgrade runs something, though it is a GET.
const isRead = ({ method, replay }: Resendable): boolean =>
  (method === "GET" || method === "HEAD") && replay === "safe";

const rules: Readonly<Record<ResendReason, Rule>> = {
  // The server did not act. Of an eviction 429 is the answer: a disruption budget says no.
  busy: { only: ({ replay }) => replay !== "never", most: mostInAll, paid: "always" },
  failing: { only: ({ replay }) => replay === "safe", most: mostInAll, paid: "always" },
  lost: { only: isRead, most: mostInAll, paid: "not the first" },
  truncated: { only: isRead, most: 2, paid: "not the first" },
  unauthorized: { most: 1, paid: "never" },
  certificates: { most: 1, paid: "never" },
  // As golang.org/x/net/http2 for client-go (Transport.RoundTripOpt).
  unprocessed: { most: 7, paid: "never" },
  // JSON is the last encoding there is. The server is well: no backoff is needed either.
  unreadable: { only: ({ method }) => method === "GET", most: 1, paid: "never" },
  unsupported: { most: 1, paid: "never" },
};

/** The budget of a cluster. */
export function createResendBudget(): ResendBudget {
  return { left: budget.most };
}

/** Begins a call, which adds its share to the budget. */
export function createResends(request: Resendable, shared: ResendBudget = createResendBudget()): Resends {
  shared.left = Math.min(budget.most, shared.left + budget.perCall);
  let counts: Map<ResendReason, number> | undefined; // most calls are sent once
  let inAll = 0;
  let losses = 0;
  return {
    allow(reason) {
      if (isBegun(request)) return false;
      const { only, most, paid } = rules[reason];
      const count = counts?.get(reason) ?? 0;
      if (inAll >= mostInAll || count >= most || only?.(request) === false) return false;
      const free = paid === "never" || (paid === "not the first" && losses === 0);
      if (!free && shared.left < 1) return false;
      if (!free) shared.left -= 1;
      if (paid === "not the first") losses += 1;
      counts ??= new Map();
      counts.set(reason, count + 1);
      inAll += 1;
      return true;
    },
  };
}

/** Whether there is nothing to send any more. */
function isBegun({ body }: Resendable): boolean {
  return isBodyStream(body) && (body as TrackedBody).begun;
}

/** How long to wait after a connection broke, in milliseconds: those who lost it together come back apart. */
export function lossPauseMs(clock: Clock): number {
  return 50 + clock.random() * 50;
}
