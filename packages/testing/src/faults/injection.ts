import type { Clock } from "@kubewright/core";
import { BrokenConnection } from "../exchange/broken-connection.ts";
import type { ServerAnswer, ServerRequest, ServerUpgrade } from "../exchange/exchange.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import type { Outcome, WatchOutcome } from "../verbs/outcome.ts";
import type { After, Effect } from "./effect.ts";
import type { FaultRule } from "./fault-rule.ts";
import type { Fault } from "./faults.ts";
import { aborted, broken, stalled } from "./faulty-body.ts";
import { faultyUpgrade, type Passing, type UpgradeFaults } from "./faulty-upgrade.ts";

type Rule = FaultRule<Effect>;

/** A request and its answer, while they are under way. */
export interface Exchange {
  readonly request: ServerRequest;
  /** Once it is read; undefined also for a request about no resource. */
  call: Call | undefined;
  /** Aborts when the connection is to break. */
  readonly cutting: AbortController;
}

/** The rules that are in force, as the server asks them on a request's way. */
export class Injection {
  readonly #clock: Clock;
  readonly #rules = new Set<Rule>();
  /** Of answers under way. */
  readonly #open = new Set<Exchange>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(rule: Rule): Fault {
    this.#rules.add(rule);
    return {
      get hits() {
        return rule.hits;
      },
      end: () => this.#end(rule),
    };
  }

  clear(): void {
    for (const rule of this.#rules) this.#end(rule);
  }

  disconnect(matches: (call: Call | undefined) => boolean): number {
    const cut = [...this.#open].filter(({ call }) => matches(call));
    for (const one of cut) one.cutting.abort();
    return cut.length;
  }

  /** Begins an exchange: its request is gone when whoever asked is, and when disconnect() cuts it. */
  open(request: ServerRequest): Exchange {
    const cutting = new AbortController();
    const signal = AbortSignal.any([request.signal, cutting.signal]);
    const exchange: Exchange = { request: { ...request, signal }, call: undefined, cutting };
    this.#open.add(exchange);
    return exchange;
  }

  /** Before anything is done. @throws Refusal and BrokenConnection */
  async before({ call, request, cutting }: Exchange): Promise<void> {
    for (const rule of this.#striking(call, ["delay", "refuse", "drop"])) {
      const { effect } = rule;
      if (effect.is === "delay") await this.#pause(effect.ms, AbortSignal.any([request.signal, rule.ended]));
      else if (effect.is === "refuse") throw effect.refusal;
      else throw new BrokenConnection("reset");
    }
    if (cutting.signal.aborted) throw new BrokenConnection("end");
  }

  /** The state that a call sees. */
  stateFor(call: Call, state: ServerState): ServerState {
    if (!["get", "list", "watch"].includes(call.verb)) return state;
    for (const { effect } of this.#striking(call, ["stale"])) if (effect.is === "stale") return effect.replica.state;
    return state;
  }

  /** What a call comes to, with the faults of its events; those of rules too that are made while they flow. */
  outcome(call: Call, outcome: Outcome): Outcome {
    return outcome.kind === "watch" ? { ...outcome, events: this.#events(call, outcome.events) } : outcome;
  }

  /** The answer, with the faults that it is sent with. */
  answer(exchange: Exchange, answer: ServerAnswer): ServerAnswer {
    const { call, request } = exchange;
    if (answer.upgrade !== undefined) return { ...answer, upgrade: this.#upgrade(exchange, answer.upgrade) };
    let faulty = answer;
    for (const { effect, ended } of this.#striking(call, ["break", "stall", "goAway"])) {
      if (effect.is === "goAway") faulty = { ...faulty, goAway: true };
      else if (effect.is === "break")
        faulty = { ...faulty, body: broken(faulty.body, effect.after.bytes ?? 0, effect.how) };
      else if (effect.is === "stall")
        faulty = {
          ...faulty,
          body: stalled(faulty.body, effect.after.bytes ?? 0, AbortSignal.any([request.signal, ended])),
        };
    }
    if (!(faulty.body instanceof Uint8Array)) return { ...faulty, body: this.#flowing(exchange, faulty.body) };
    this.close(exchange);
    return faulty;
  }

  /** A connection of messages with its faults, which is under way until it is over. */
  #upgrade(exchange: Exchange, upgrade: ServerUpgrade): ServerUpgrade {
    const { call, request, cutting } = exchange;
    let faults: UpgradeFaults = { cutting: cutting.signal };
    for (const { effect, ended } of this.#striking(call, ["break", "stall", "noStatus", "deaf"])) {
      const over = AbortSignal.any([request.signal, ended]);
      if (effect.is === "break") faults = { ...faults, cut: { ...passing(effect.after), how: effect.how } };
      else if (effect.is === "stall") faults = { ...faults, stall: { ...passing(effect.after), over } };
      else if (effect.is === "noStatus") faults = { ...faults, noStatus: true };
      else faults = { ...faults, deaf: over };
    }
    const { protocol, run } = faultyUpgrade(upgrade, faults);
    return { protocol, run: (socket) => run(socket).finally(() => this.close(exchange)) };
  }

  /** Ends an exchange that has no answer. */
  close(exchange: Exchange): void {
    this.#open.delete(exchange);
  }

  /** A body that may be cut while it flows. */
  async *#flowing(exchange: Exchange, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
    try {
      yield* body;
      if (exchange.cutting.signal.aborted) throw new BrokenConnection("end");
    } finally {
      this.close(exchange);
    }
  }

  async *#events(call: Call, events: AsyncIterable<WatchOutcome>): AsyncGenerator<WatchOutcome, undefined> {
    for await (const event of events) {
      const striking = new Set<Effect["is"]>();
      for (const { effect } of this.#striking(call, ["skipEvent", "repeatEvent"])) striking.add(effect.is);
      if (!striking.has("skipEvent")) yield event;
      if (striking.has("repeatEvent")) yield event;
    }
  }

  /** Rules of some effects for a call, one after the other: a rule counts only what comes to it. */
  *#striking(call: Call | undefined, effects: readonly Effect["is"][]): Generator<Rule, undefined> {
    for (const rule of this.#rules) {
      if (effects.includes(rule.effect.is) && rule.matches(call) && rule.strikes()) yield rule;
    }
  }

  async #pause(ms: number, over: AbortSignal): Promise<void> {
    const called = new AbortController();
    const callOff = ms === Infinity ? () => undefined : this.#clock.after(ms, () => called.abort());
    await aborted(AbortSignal.any([over, called.signal]));
    callOff();
  }

  #end(rule: Rule): void {
    this.#rules.delete(rule);
    rule.end();
    if (rule.effect.is === "stale") rule.effect.replica.catchUp();
  }
}

function passing({ bytes, messages }: After): Passing {
  return { bytes: bytes ?? (messages === undefined ? 0 : Infinity), messages: messages ?? Infinity };
}
