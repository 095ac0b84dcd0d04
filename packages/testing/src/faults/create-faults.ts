import { type Clock, InputError } from "@kubewright/core";
import type { Served } from "../knowledge/served.ts";
import type { ServerState } from "../state/server-state.ts";
import type { After, Effect } from "./effect.ts";
import { FaultRule, type Occurrence } from "./fault-rule.ts";
import type { AfterBytes, Fault, FaultRuleBuilder, Faults } from "./faults.ts";
import { Injection } from "./injection.ts";
import { createLateReplica, type LateReplica } from "./late-replica.ts";
import { refusalOf } from "./refusal-of.ts";
import { type FaultSubject, matcherOf } from "./subject.ts";

/** What tests make faults with, and what the server asks. */
export interface CreatedFaults {
  readonly faults: Faults;
  readonly injection: Injection;
  /** To be called when the server has begun, before its first request. */
  begun(state: ServerState): void;
}

/** No faults yet. `current`: the state that the server has then, if it has begun. */
export function createFaults(served: Served, clock: Clock, current: () => ServerState | undefined): CreatedFaults {
  const injection = new Injection(clock);
  const early: LateReplica[] = [];
  const replica = (): LateReplica => {
    const made = createLateReplica();
    const state = current();
    if (state === undefined) early.push(made);
    else made.begin(state);
    return made;
  };
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
      cut: (options) => make({ is: "break", how: "end", after: afterOf(options) }),
      reset: (options) => make({ is: "break", how: "reset", after: afterOf(options) }),
      stall: (options) => make({ is: "stall", after: afterOf(options) }),
      goAway: () => make({ is: "goAway" }),
      noStatus: () => make({ is: "noStatus" }),
      deaf: () => make({ is: "deaf" }),
      skipEvent: () => make({ is: "skipEvent" }),
      repeatEvent: () => make({ is: "repeatEvent" }),
      stale: () => make({ is: "stale", replica: replica() }),
    };
  };
  return {
    injection,
    begun(state) {
      for (const one of early.splice(0)) one.begin(state);
    },
    faults: {
      on: (subject = {}) => begin(subject, { after: 0, times: Infinity, chance: 1 }),
      compact() {
        const state = current();
        for (const collection of state?.collections.values() ?? []) collection.compact(state!.revisions.current);
      },
      disconnect: (subject = {}) => injection.disconnect(matcherOf(subject, served)),
      clear: () => injection.clear(),
    },
  };
}

function afterOf({ bytes, messages }: AfterBytes = {}): After {
  return {
    bytes: bytes === undefined ? undefined : whole("bytes", bytes),
    messages: messages === undefined ? undefined : whole("messages", messages),
  };
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
