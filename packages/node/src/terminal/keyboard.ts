import type { ReadStream } from "node:tty";
import { DetachKeys } from "./detach-keys.ts";

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Whoever waits for what is typed next. */
interface Reader {
  resolve(result: IteratorResult<Uint8Array, undefined>): void;
  reject(error: unknown): void;
}

/**
 * What is typed, once it may be read: a terminal that is still cooked belongs to whoever asks for a password there. It is read only
 * while somebody asks for more, and what nobody took goes back.
 */
export class Keyboard implements AsyncIterable<Uint8Array> {
  /** Whether anybody reads it. */
  begun = false;
  readonly #stream: ReadStream;
  #typed: Uint8Array[] = [];
  #reader: Reader | undefined;
  #over: { readonly error?: unknown } | undefined;
  #stopReading: (() => void) | undefined;

  constructor(stream: ReadStream) {
    this.#stream = stream;
  }

  /** Begins. With `detached`, ctrl-p ctrl-q calls it and is the end. */
  read(detached: (() => void) | undefined): void {
    const stream = this.#stream;
    const wasFlowing = stream.readableFlowing === true;
    const keys = detached === undefined ? undefined : new DetachKeys();
    const typed = (chunk: Uint8Array): void => {
      const { bytes, detached: left } = keys?.push(chunk) ?? { bytes: chunk, detached: false };
      if (bytes.byteLength > 0) this.#push(bytes);
      if (!left) return;
      this.stop();
      detached?.();
    };
    const ended = (): void => this.#end({});
    const failed = (error: unknown): void => this.#end({ error });
    stream.on("data", typed).on("end", ended).on("error", failed);
    if (this.#reader === undefined) stream.pause();
    else stream.resume();
    this.#stopReading = () => {
      stream.off("data", typed).off("end", ended).off("error", failed);
      if (wasFlowing) stream.resume();
      else stream.pause();
      if (!stream.readableEnded) for (const bytes of this.#typed.splice(0).toReversed()) stream.unshift(bytes);
    };
  }

  /** Ends it. */
  stop(): void {
    this.#stopReading?.();
    this.#stopReading = undefined;
    this.#end({});
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined, undefined> {
    this.begun = true;
    return {
      next: () => this.#next(),
      return: () => {
        this.#end({});
        return Promise.resolve(done);
      },
    };
  }

  #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const value = this.#typed.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#over !== undefined)
      return "error" in this.#over ? Promise.reject(this.#over.error) : Promise.resolve(done);
    if (this.#stopReading !== undefined) this.#stream.resume();
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  #push(bytes: Uint8Array): void {
    const reader = this.#reader;
    this.#reader = undefined;
    this.#stream.pause();
    if (reader === undefined) this.#typed.push(bytes);
    else reader.resolve({ done: false, value: bytes });
  }

  #end(how: { readonly error?: unknown }): void {
    this.#over ??= how;
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader === undefined) return;
    if ("error" in this.#over) reader.reject(this.#over.error);
    else reader.resolve(done);
  }
}
