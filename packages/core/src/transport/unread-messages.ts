import { OBJECT_LIMIT } from "../bytes/body.ts";
import { InputError } from "../errors/input-error.ts";

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** What a message costs that waits, beside its bytes. */
const messageBytes = 64;

/** Messages that came and were not pulled yet, of at most 32 MiB. Iterable once. */
export class UnreadMessages implements AsyncIterableIterator<Uint8Array, undefined, undefined> {
  /** In bytes. */
  readonly limit: number = OBJECT_LIMIT;
  readonly #left: () => void;
  #messages: Uint8Array[] = [];
  #head = 0;
  #bytes = 0;
  #taken = false;
  #over: { readonly failure: { readonly error: unknown } | undefined } | undefined;
  #readers: { resolve(result: IteratorResult<Uint8Array, undefined>): void; reject(error: unknown): void }[] = [];

  /** `left` is called when whoever reads leaves. */
  constructor(left: () => void) {
    this.#left = left;
  }

  /** False where there is no room for it. */
  push(message: Uint8Array): boolean {
    const bytes = message.byteLength + messageBytes;
    if (this.#bytes + bytes > this.limit) return false;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: message });
      return true;
    }
    this.#messages.push(message);
    this.#bytes += bytes;
    return true;
  }

  /** What came before is still read, unless `drop`. */
  end(failure: { readonly error: unknown } | undefined, drop: boolean): void {
    this.#over = { failure };
    if (drop) this.#clear();
    for (const { resolve, reject } of this.#readers.splice(0)) {
      if (failure === undefined) resolve(done);
      else reject(failure.error);
    }
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const value = this.#messages[this.#head];
    if (value !== undefined) {
      this.#head += 1;
      this.#bytes -= value.byteLength + messageBytes;
      // What was taken is let go of, though something may always wait.
      if (this.#head * 2 >= this.#messages.length) {
        this.#messages = this.#messages.slice(this.#head);
        this.#head = 0;
      }
      return Promise.resolve({ done: false, value });
    }
    if (this.#over !== undefined) {
      const { failure } = this.#over;
      return failure === undefined ? Promise.resolve(done) : Promise.reject(failure.error);
    }
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#clear();
    if (this.#over === undefined) this.#left();
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    if (this.#taken) throw new InputError("messages", "they can be iterated only once");
    this.#taken = true;
    return this;
  }

  #clear(): void {
    this.#messages = [];
    this.#head = 0;
    this.#bytes = 0;
  }
}
