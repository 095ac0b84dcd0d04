import type { Clock } from "@kubewright/core";
import type { WatchOutcome } from "./outcome.ts";

/** How many events may wait for a watcher that takes none. */
const mostWaiting = 1000;
/** How long it may take none while so many wait, in milliseconds. */
const patienceMs = 3000;

/**
 * What waits to be sent to one watcher. One that does not read is ended, as the watch cache of the real server ends it
 * (k8s.io/apiserver pkg/storage/cacher/cache_watcher.go): what it can still read is a whole beginning.
 */
export class EventQueue implements AsyncIterable<WatchOutcome> {
  readonly #clock: Clock;
  readonly #ended: () => void;
  #waiting: WatchOutcome[] = [];
  #wake: (() => void) | undefined;
  #over = false;
  #taken = 0;
  #stopPatience: (() => void) | undefined;

  /** `ended` is called when nothing more is to be added; perhaps twice. */
  constructor(clock: Clock, ended: () => void) {
    this.#clock = clock;
    this.#ended = ended;
  }

  push(event: WatchOutcome): void {
    this.#waiting.push(event);
    if (this.#waiting.length > mostWaiting) this.#losePatience();
    this.#wake?.();
  }

  /** Ends the watch behind what waits; nothing is added from then on, whether somebody reads or not. */
  end(): void {
    this.#over = true;
    this.#finish();
    this.#wake?.();
  }

  #losePatience(): void {
    const before = this.#taken;
    this.#stopPatience ??= this.#clock.after(patienceMs, () => {
      this.#stopPatience = undefined;
      if (this.#taken !== before) return;
      this.#waiting = [];
      this.end();
    });
  }

  #finish(): void {
    this.#stopPatience?.();
    this.#ended();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WatchOutcome, undefined> {
    try {
      for (;;) {
        const events = this.#waiting;
        this.#waiting = [];
        for (const event of events) {
          yield event;
          this.#taken += 1;
        }
        if (this.#waiting.length > 0) continue;
        if (this.#over) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.#finish();
    }
  }
}
