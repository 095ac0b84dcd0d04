import type { LogLine } from "./log-line.ts";

/** Lines of one log that came together. */
interface Batch {
  readonly lines: readonly LogLine[];
  readonly taken: () => void;
}

/** Lines of many logs as they come. Each log has at most one batch here, and goes on once that is taken. */
export class Arrivals {
  #batches: Batch[] = [];
  #wake: () => void = () => {};
  #failure: { readonly error: unknown } | undefined;
  #closed = false;

  /** Resolves when the consumer has taken the lines, or will take no more. */
  deliver(lines: readonly LogLine[]): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((taken) => {
      this.#batches.push({ lines, taken });
      this.#wake();
    });
  }

  /** What came before is still given out. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /** Nothing is taken any more. */
  close(): void {
    this.#closed = true;
    for (const { taken } of this.#batches.splice(0)) taken();
    this.#wake();
  }

  /** A batch counts as taken when the next one is asked for. */
  async *batches(): AsyncGenerator<readonly LogLine[], undefined> {
    for (;;) {
      const batches = this.#batches;
      this.#batches = [];
      for (const { lines, taken } of batches) {
        yield lines;
        taken();
      }
      if (this.#batches.length > 0) continue;
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#closed) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
