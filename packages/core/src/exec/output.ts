/** How much of a stream waits for its reader, in bytes, before the connection is read no further. */
export const mostUnread: number = 1024 * 1024;

/** Pieces that wait and are smaller than a quarter of this are gathered: one by one, each would take a hundred times its memory. */
const gatheredBytes = 4096;

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

interface Reader {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: unknown): void;
}

/** What one stream of a command wrote, and its reader. */
export class Output implements AsyncIterable<Uint8Array> {
  /** Whether anybody has asked for it. */
  begun = false;
  /** Told of everything that its reader does: asks, takes, leaves. */
  readonly #changed: (left: boolean) => void;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  /** What the last chunk is the beginning of, where it gathers small pieces, and how much of it is filled. */
  #gathered: { readonly buffer: Uint8Array; filled: number } | undefined;
  #readers: Reader[] = [];
  #end: { readonly error?: unknown; readonly failed: boolean } | undefined;

  constructor(changed: (left: boolean) => void) {
    this.#changed = changed;
  }

  get isFull(): boolean {
    return this.#bytes >= mostUnread;
  }

  /** Whether its reader has nothing to read. */
  get isWaitedFor(): boolean {
    return this.#readers.length > 0;
  }

  push(chunk: Uint8Array): void {
    if (this.#end !== undefined || chunk.byteLength === 0) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: chunk });
      return;
    }
    this.#bytes += chunk.byteLength;
    if (chunk.byteLength < gatheredBytes / 4) this.#gather(chunk);
    else {
      this.#chunks.push(chunk);
      this.#gathered = undefined;
    }
  }

  #gather(piece: Uint8Array): void {
    if (this.#gathered === undefined || this.#gathered.filled + piece.byteLength > gatheredBytes) {
      this.#gathered = { buffer: new Uint8Array(gatheredBytes), filled: 0 };
      this.#chunks.push(this.#gathered.buffer);
    }
    const { buffer, filled } = this.#gathered;
    buffer.set(piece, filled);
    this.#gathered.filled += piece.byteLength;
    this.#chunks[this.#chunks.length - 1] = buffer.subarray(0, this.#gathered.filled);
  }

  end(): void {
    if (this.#end !== undefined) return;
    this.#end = { failed: false };
    for (const reader of this.#readers.splice(0)) reader.resolve(done);
  }

  /** What had come is still read, unless `drop`. */
  fail(error: unknown, drop: boolean): void {
    if (drop) this.#drop();
    if (this.#end !== undefined && !drop) return;
    this.#end = { error, failed: true };
    for (const reader of this.#readers.splice(0)) reader.reject(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined, undefined> {
    return {
      next: () => this.#next(),
      return: () => {
        this.#leave();
        return Promise.resolve(done);
      },
    };
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.begun = true;
    const value = this.#chunks.shift();
    if (value !== undefined) {
      this.#bytes -= value.byteLength;
      if (this.#chunks.length === 0) this.#gathered = undefined;
      this.#changed(false);
      return Promise.resolve({ done: false, value });
    }
    if (this.#end?.failed === true) return Promise.reject(this.#end.error);
    if (this.#end !== undefined) return Promise.resolve(done);
    return new Promise((resolve, reject) => {
      this.#readers.push({ resolve, reject });
      this.#changed(false);
    });
  }

  #leave(): void {
    const early = this.#end === undefined;
    this.#drop();
    this.end();
    if (early) this.#changed(true);
  }

  #drop(): void {
    this.#chunks = [];
    this.#gathered = undefined;
    this.#bytes = 0;
  }
}
