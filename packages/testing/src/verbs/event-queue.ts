import type { WatchOutcome } from "./outcome.ts";

/** What waits to be sent to one watcher. */
export class EventQueue implements AsyncIterable<WatchOutcome> {
  readonly #ended: () => void;
  #waiting: WatchOutcome[] = [];
  #wake: (() => void) | undefined;
  #over = false;

  /** `ended` is called when nothing more is to be added; perhaps twice. */
  constructor(ended: () => void) {
    this.#ended = ended;
  }

  push(event: WatchOutcome): void {
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** Ends the watch behind what waits; nothing is added from then on, whether somebody reads or not. */
  end(): void {
    this.#over = true;
    this.#ended();
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WatchOutcome, undefined> {
    try {
      for (;;) {
        const events = this.#waiting;
        this.#waiting = [];
        yield* events;
        if (this.#waiting.length > 0) continue;
        if (this.#over) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.#ended();
    }
  }
}
