import { type Clock, nextTurn } from "@kubewright/core";
import { type Change, createDelivery, type Current, type Delivery } from "../share/delivery.ts";
import type { Held } from "../share/held.ts";
import type { InformerEvent } from "./informer-event.ts";

/** Milliseconds of events in one go; then everything else in the program has its turn. */
const sliceMs = 8;

/** One subscription's place at a cache: what it has yet to be told. */
export class Reader<V> {
  readonly #delivery: Delivery<V>;
  readonly #clock: Clock;
  #finishing = false;

  constructor(current: Current<V>, clock: Clock) {
    this.#delivery = createDelivery(current);
    this.#clock = clock;
  }

  /** What waits. */
  get size(): number {
    return this.#delivery.size;
  }

  /** {@inheritDoc Delivery.changed} */
  changed(before: Held<V> | undefined, after: Held<V> | undefined, last?: Held<V>): void {
    this.#delivery.changed(before, after, last);
  }

  /** {@inheritDoc Delivery.resync} */
  resync(entries: Iterable<Held<V>>): void {
    this.#delivery.resync(entries);
  }

  /** Ends it once all that waits is told. */
  finish(): void {
    this.#finishing = true;
    if (this.#delivery.size === 0) this.#delivery.end();
  }

  /** Ends it. */
  end(): void {
    this.#delivery.end();
  }

  /** What it is told, until it is ended; then calls `left`. */
  async *events(left: () => void): AsyncGenerator<InformerEvent<V>, undefined> {
    const now = (): number => this.#clock.now();
    try {
      for (let since = now(); ;) {
        if (now() - since > sliceMs) {
          await nextTurn();
          since = now();
        }
        const change = this.#delivery.take();
        if (change !== undefined) yield eventOf(change);
        else if (this.#finishing || !(await this.#delivery.next())) return;
        else since = now();
      }
    } finally {
      this.end();
      left();
    }
  }
}

function eventOf<V>(change: Change<V>): InformerEvent<V> {
  return change.type === "added"
    ? { type: "added", object: change.held.value, previous: undefined }
    : { type: change.type, object: change.held.value, previous: change.previous.value };
}
