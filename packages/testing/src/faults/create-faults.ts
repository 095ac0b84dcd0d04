import { type Clock, InputError } from "@kubewright/core";
import type { Served } from "../knowledge/served.ts";
import { createReplica } from "../state/replica.ts";
import type { ServerState } from "../state/server-state.ts";
import type { Effect } from "./effect.ts";
import { FaultRule, type Occurrence } from "./fault-rule.ts";
import type { AfterBytes, Fault, FaultRuleBuilder, Faults } from "./faults.ts";
import { Injection } from "./injection.ts";
import { refusalOf } from "./refusal-of.ts";
import { type FaultSubject, matcherOf } from "./subject.ts";

/** No faults yet: what tests make them with, and what the server asks. `state`: the one that the server has then. */
export function createFaults(
  served: Served,
  clock: Clock,
  state: () => ServerState,
): { readonly faults: Faults; readonly injection: Injection } {
  const injection = new Injection(clock);
  const begin = (subject: FaultSubject, occurrence: Occurrence): FaultRuleBuilder => {
    const matches = matcherOf(subject, served);
    const make = (effect: Effect): Fault => injection.add(new FaultRule(effect, matches, occurrence, clock));
    const next = (change: Partial<Occurrence>): FaultRuleBuilder => begin(subject, { ...occurrence, ...change });
    return {
      once: () => next({ times: 1 }),
      times: (count) => next({ times: whole("count", count) }),
      after: (count) => next({ after: whole("count", count) }),
      chance: (probability) => next({ chance: share(probability) }),
      status: (code, more) => make({ is: "refuse", refusal: refusalOf(code, more) }),
      delay: (ms) => make({ is: "delay", ms: atLeastZero(ms) }),
      drop: () => make({ is: "drop" }),
      cut: (options) => make({ is: "break", how: "end", bytes: bytesOf(options) }),
      reset: (options) => make({ is: "break", how: "reset", bytes: bytesOf(options) }),
      stall: (options) => make({ is: "stall", bytes: bytesOf(options) }),
      goAway: () => make({ is: "goAway" }),
      skipEvent: () => make({ is: "skipEvent" }),
      repeatEvent: () => make({ is: "repeatEvent" }),
      stale: () => make({ is: "stale", replica: createReplica(state()) }),
    };
  };
  return {
    injection,
    faults: {
      on: (subject = {}) => begin(subject, { after: 0, times: Infinity, chance: 1 }),
      compact() {
        const { collections, revisions } = state();
        for (const collection of collections.values()) collection.compact(revisions.current);
      },
      disconnect: (subject = {}) => injection.disconnect(matcherOf(subject, served)),
      clear: () => injection.clear(),
    },
  };
}

function bytesOf({ bytes = 0 }: AfterBytes = {}): number {
  return whole("bytes", bytes);
}

function whole(field: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InputError(field, `${value} is no count; give a whole number from 0 up`);
}

function share(probability: number): number {
  if (probability >= 0 && probability <= 1) return probability;
  throw new InputError("probability", `${probability} is none; give a number from 0 to 1`);
}

function atLeastZero(ms: number): number {
  if (ms >= 0) return ms;
  throw new InputError("ms", `${ms} is no time; give milliseconds from 0 up`);
}
