/** How much waits in a pipe at most before whoever writes waits, as in a kernel's. */
const capacityBytes = 64 * 1024;

/** Values from one who writes to one who reads, with a bound in bytes. */
export class BytePipe implements AsyncIterable<Uint8Array> {
  readonly #waiting: Uint8Array[] = [];
  #bytes = 0;
  #isEnded = false;
  #isLeft = false;
  #wake: (() => void) | undefined;
  #free: (() => void) | undefined;

  /** Settles when there is room for more. What nobody reads any more goes nowhere. */
  async write(data: Uint8Array): Promise<void> {
    if (this.#isEnded || this.#isLeft || data.byteLength === 0) return;
    this.#waiting.push(data);
    this.#bytes += data.byteLength;
    this.#wake?.();
    if (this.#bytes > capacityBytes) await new Promise<void>((resolve) => (this.#free = resolve));
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
    this.#free?.();
  }

  /** Nobody reads any more. */
  leave(): void {
    this.#isLeft = true;
    this.#waiting.length = 0;
    this.#free?.();
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, undefined> {
    try {
      for (;;) {
        const data = this.#waiting.shift();
        if (data !== undefined) {
          this.#bytes -= data.byteLength;
          if (this.#bytes <= capacityBytes) this.#free?.();
          yield data;
        } else if (this.#isEnded || this.#isLeft) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.leave();
    }
  }
}
