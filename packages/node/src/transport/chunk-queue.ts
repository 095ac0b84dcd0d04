import { InputError } from "@kubewright/core";

/** Where a queue's chunks come from. */
export interface ChunkSource {
  /** There is room again, after `push` said that there was none. */
  resume(): void;
  /** The reader is gone: release what brings the chunks. Never called after the source has said `end` or `fail`. */
  cancel(): void;
}

/** From here on the source is asked to pause. */
const highWaterBytes = 256 * 1024;

/** Up to so many bytes that wait in small chunks are read as one: a log comes line by line, and each read has its price. */
const joinedBytes = 16 * 1024;

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Chunks between a pushing source and one pulling reader. Node's own stream iterator costs several promises and a listener per
 * chunk, which is most of the price of a small GET.
 */
export class ChunkQueue implements AsyncIterableIterator<Uint8Array, undefined, undefined> {
  readonly #source: ChunkSource;
  readonly #eachBytes: number;
  #chunks: Uint8Array[] = [];
  #head = 0;
  #bytes = 0;
  #paused = false;
  #taken = false;
  #state: "open" | "ended" | "failed" | "left" = "open";
  #error: unknown;
  #readers: { resolve(result: IteratorResult<Uint8Array, undefined>): void; reject(error: unknown): void }[] = [];

  /**
   * `eachBytes` is what a chunk counts beside its bytes, where each is a message. Without it the chunks are pieces of one text: empty
   * ones are dropped, and small ones that wait are joined.
   */
  constructor(source: ChunkSource, eachBytes = 0) {
    this.#source = source;
    this.#eachBytes = eachBytes;
  }

  // The source's side

  /** False asks the source to pause until `resume` is called. */
  push(chunk: Uint8Array): boolean {
    const bytes = chunk.byteLength + this.#eachBytes;
    if (this.#state !== "open" || bytes === 0) return true;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: chunk });
      return true;
    }
    this.#chunks.push(chunk);
    this.#bytes += bytes;
    // A source that was asked to pause may still bring what was on its way; it stays paused until it is resumed.
    if (this.#bytes >= highWaterBytes) this.#paused = true;
    return !this.#paused;
  }

  end(): void {
    if (this.#state !== "open") return;
    this.#state = "ended";
    for (const reader of this.#readers.splice(0)) reader.resolve(done);
  }

  /** Chunks that came before are still read, unless `drop`: after an abort nothing more may be seen. */
  fail(error: unknown, drop = false): void {
    if (drop && this.#state !== "left") {
      this.#clear();
    } else if (this.#state !== "open") {
      return;
    }
    this.#state = "failed";
    this.#error = error;
    for (const reader of this.#readers.splice(0)) reader.reject(error);
  }

  // The reader's side

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#head < this.#chunks.length) {
      const value = this.#take();
      // What was taken is let go of, though something may always wait.
      if (this.#head * 2 >= this.#chunks.length) {
        this.#chunks = this.#chunks.slice(this.#head);
        this.#head = 0;
      }
      if (this.#paused && this.#bytes < highWaterBytes / 2) {
        this.#paused = false;
        if (this.#state === "open") this.#source.resume();
      }
      return Promise.resolve({ done: false, value });
    }
    if (this.#state === "failed") return Promise.reject(this.#error);
    if (this.#state !== "open") return Promise.resolve(done);
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.cancel();
    return Promise.resolve(done);
  }

  /** Leaves the queue: what is left is dropped, and the source is told if it has not ended. */
  cancel(): void {
    const open = this.#state === "open";
    this.#clear();
    if (this.#state !== "failed") this.#state = "left";
    for (const reader of this.#readers.splice(0)) reader.resolve(done);
    if (open) this.#source.cancel();
  }

  [Symbol.asyncIterator](): this {
    if (this.#taken) throw new InputError("body", "it can be iterated only once");
    this.#taken = true;
    return this;
  }

  #take(): Uint8Array {
    const begin = this.#head;
    let bytes = 0;
    do {
      bytes += (this.#chunks[this.#head] as Uint8Array).byteLength;
      this.#head += 1;
    } while (this.#eachBytes === 0 && bytes + (this.#chunks[this.#head]?.byteLength ?? Infinity) <= joinedBytes);
    const count = this.#head - begin;
    this.#bytes -= bytes + count * this.#eachBytes;
    return count === 1
      ? (this.#chunks[begin] as Uint8Array)
      : Buffer.concat(this.#chunks.slice(begin, this.#head), bytes);
  }

  #clear(): void {
    this.#chunks = [];
    this.#head = 0;
    this.#bytes = 0;
  }
}
