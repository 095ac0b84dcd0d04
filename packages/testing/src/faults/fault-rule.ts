import type { Clock } from "@kubewright/core";
import type { Call } from "../request/call.ts";

/** Which of the requests that match it strikes. */
export interface Occurrence {
  /** So many pass before. */
  readonly after: number;
  /** So often at most. */
  readonly times: number;
  /** How likely each time. */
  readonly chance: number;
}

/** A rule that is in force: who it is for, how often it strikes, and what it does then. */
export class FaultRule<Effect> {
  readonly effect: Effect;
  readonly #matches: (call: Call | undefined) => boolean;
  readonly #occurrence: Occurrence;
  readonly #clock: Clock;
  readonly #ended = new AbortController();
  #seen = 0;
  #hits = 0;

  constructor(effect: Effect, matches: (call: Call | undefined) => boolean, occurrence: Occurrence, clock: Clock) {
    this.effect = effect;
    this.#matches = matches;
    this.#occurrence = occurrence;
    this.#clock = clock;
  }

  get hits(): number {
    return this.#hits;
  }

  /** Aborts at its end; what it holds goes on then. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  matches(call: Call | undefined): boolean {
    return this.#matches(call);
  }

  /** Whether it strikes now that something it matches comes; counts it. */
  strikes(): boolean {
    const { after, times, chance } = this.#occurrence;
    this.#seen += 1;
    if (this.ended.aborted || this.#seen <= after || this.#hits >= times) return false;
    if (chance < 1 && this.#clock.random() >= chance) return false;
    this.#hits += 1;
    return true;
  }

  end(): void {
    this.#ended.abort();
  }
}
