import { type Clock, InputError, plainObject, unknownOption } from "@kubewright/core";
import { Refusal } from "../request/refusal.ts";
import type { ProxyLimits, ProxyShare } from "./proxy-limits.ts";

/** What is counted while it goes on. */
export type Counted = "requests" | "streams" | "sessions" | "subscriptions";

/** What one identity, or all together, may still do. */
export interface Share {
  /** Counts one request more. @throws Refusal when too many came of late */
  begin(): void;
  /** Counts one more that goes on; gives what counts it out, harmless when repeated. @throws Refusal when too many go on */
  enter(what: Counted): () => void;
}

/** Limits with what was left out. */
export interface Limits extends Required<{
  readonly [K in Exclude<keyof ProxyLimits, "perIdentity" | "inAll">]: number;
}> {
  /** What all may do together. */
  readonly inAll: Share;
  /** What one identity may do, by its key. */
  of(identity: string): Share;
}

type Bounds = { readonly [K in keyof ProxyShare]-?: number };

const single = { bodyBytes: 3 * 1024 * 1024, bodyMs: 30_000, answerMs: 60_000, stallMs: 60_000 } as const;
const ofIdentity: Bounds = { requests: 200, requestsPerSecond: 200, streams: 250, sessions: 100, subscriptions: 2500 };
const ofAll: Bounds = {
  requests: 2000,
  requestsPerSecond: 2000,
  streams: 10_000,
  sessions: 1000,
  subscriptions: 100_000,
};

/** After a pause, as many may begin at once as else in so many seconds. */
const burstSeconds = 3;

/** How many identities are kept before those are forgotten who do nothing. */
const mostIdle = 1000;

/** Limits out of what the proxy's owner says. @throws InputError for what is no limit */
export function createLimits(given: ProxyLimits, clock: Clock): Limits {
  const { perIdentity = {}, inAll = {}, ...rest } = plainObject(given, "limits") as ProxyLimits;
  const bounds = withDefaults(perIdentity, ofIdentity, "limits.perIdentity");
  const shares = new Map<string, CountedShare>();
  return {
    ...withDefaults(rest, single, "limits"),
    inAll: createShare(withDefaults(inAll, ofAll, "limits.inAll"), clock, "the proxy has"),
    of(identity) {
      let share = shares.get(identity);
      if (share !== undefined) return share;
      if (shares.size >= mostIdle) for (const [key, { isIdle }] of shares) if (isIdle()) shares.delete(key);
      shares.set(identity, (share = createShare(bounds, clock, "you have")));
      return share;
    },
  };
}

function withDefaults<T extends { readonly [name: string]: number }>(given: object, defaults: T, field: string): T {
  const limits: Record<string, number> = { ...defaults };
  for (const [name, value] of Object.entries(plainObject(given, field))) {
    if (!Object.hasOwn(defaults, name))
      throw unknownOption(
        `${field}.${name}`,
        Object.keys(defaults).map((known) => `${field}.${known}`),
      );
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value > 0))
      throw new InputError(`${field}.${name}`, "it must be a number above 0");
    limits[name] = value;
  }
  return limits as T;
}

interface CountedShare extends Share {
  /** Whether a new share would be the same. */
  readonly isIdle: () => boolean;
}

function createShare(bounds: Bounds, clock: Clock, whose: string): CountedShare {
  const counts: Record<Counted, number> = { requests: 0, streams: 0, sessions: 0, subscriptions: 0 };
  const burst = bounds.requestsPerSecond * burstSeconds;
  let left = burst;
  let at = clock.now();
  const refill = (): void => {
    const now = clock.now();
    left = Math.min(burst, left + ((now - at) / 1000) * bounds.requestsPerSecond);
    at = now;
  };
  return {
    begin() {
      refill();
      if (left < 1) throw tooMany(`${whose} made too many requests of late`);
      left -= 1;
    },
    enter(what) {
      if (counts[what] >= bounds[what])
        throw tooMany(`${whose} ${bounds[what]} ${what} under way, as many as there may be`);
      counts[what] += 1;
      let inside = true;
      return () => {
        if (inside) counts[what] -= 1;
        inside = false;
      };
    },
    isIdle() {
      refill();
      return left === burst && Object.values(counts).every((count) => count === 0);
    },
  };
}

function tooMany(message: string): Refusal {
  return new Refusal(429, `${message}; try again later`, { retryAfterSeconds: 1 });
}
