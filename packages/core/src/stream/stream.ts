import { InputError } from "../errors/input-error.ts";
import { shownAs, type ShownFields } from "../inspection/shown-as.ts";
import type { Stream } from "../types/stream.ts";
import type { ReadyIterable, ReadyIterator } from "./one-by-one.ts";

interface Waiter<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/**
 * Makes a stream out of `start`, which is called at the first `next()`. the signal it gets aborts when the stream is ended in
 * any way, and with the caller's `signal` and its reason. A `next()` that waits then ends, or rejects with that reason. `shown` says
 * what the stream is of.
 */
export function createStream<T>(
  start: (signal: AbortSignal) => ReadyIterable<T>,
  signal?: AbortSignal,
  shown: () => ShownFields = () => ({}),
): Stream<T> {
  const controller = new AbortController();
  // Not Promise.race: each race against one long-lived promise would stay in memory until the stream ends.
  const waiters = new Set<Waiter<T>>();
  const done: IteratorResult<T, undefined> = { done: true, value: undefined };
  let source: ReadyIterator<T> | undefined;
  let ended = false;
  let aborted = false; // by the caller, while nobody waited: the next next() must say so

  function end(): void {
    ended = true;
    signal?.removeEventListener("abort", onAbort);
  }

  function stop(reason: unknown, settle: (waiter: Waiter<T>) => void): Promise<unknown> | undefined {
    if (ended) return undefined;
    end();
    const busy = waiters.size > 0;
    for (const waiter of waiters) settle(waiter);
    controller.abort(reason);
    // A source that still waits runs its clean-up once the abort reaches it. What it says then concerns nobody any more.
    const cleanUp = source?.return?.().catch(() => undefined);
    return busy ? undefined : cleanUp;
  }

  function onAbort(): void {
    aborted = waiters.size === 0;
    void stop(signal?.reason, (waiter) => waiter.reject(signal?.reason));
  }

  async function close(): Promise<void> {
    await stop(undefined, (waiter) => waiter.resolve(done));
  }

  function begin(): ReadyIterator<T> {
    signal?.addEventListener("abort", onAbort);
    return start(controller.signal)[Symbol.asyncIterator]();
  }

  const iterator: AsyncIterator<T, undefined, undefined> = {
    // Many values come through here, so it makes as few promises as it can, and waits for none that is there.
    next() {
      if (!ended && signal?.aborted) onAbort();
      if (aborted) {
        aborted = false;
        return Promise.reject(signal?.reason);
      }
      if (ended) return Promise.resolve(done);
      const ready = waiters.size === 0 ? source?.ready?.() : undefined;
      return ready === undefined ? new Promise(wait) : Promise.resolve(ready);
    },
    async return() {
      await close();
      return done;
    },
    async throw(error: unknown) {
      await close();
      throw error;
    },
  };

  function wait(resolve: Waiter<T>["resolve"], reject: Waiter<T>["reject"]): void {
    const waiter: Waiter<T> = { resolve, reject };
    waiters.add(waiter);
    const fail = (error: unknown): void => {
      waiters.delete(waiter);
      end();
      reject(error);
    };
    try {
      source ??= begin();
      source.next().then((result) => {
        waiters.delete(waiter);
        if (result.done) end();
        resolve(result.done ? done : result);
      }, fail);
    } catch (error) {
      fail(error);
    }
  }

  return new OnceStream(iterator, close, shown);
}

/** What holds a stream's iterator until it is asked for. */
class OnceStream<T> implements Stream<T> {
  static {
    shownAs(this.prototype, "Stream", (stream) => stream.#shown());
  }

  readonly close: () => Promise<void>;
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
  readonly #iterator: AsyncIterator<T, undefined, undefined>;
  readonly #shown: () => ShownFields;
  #iterated = false;

  constructor(iterator: AsyncIterator<T, undefined, undefined>, close: () => Promise<void>, shown: () => ShownFields) {
    this.#iterator = iterator;
    this.#shown = shown;
    this.close = close;
    // Old browsers have no such symbol, and no syntax that would ask for it.
    if (Symbol.asyncDispose) Object.assign(this, { [Symbol.asyncDispose]: close });
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined, undefined> {
    if (this.#iterated) throw new InputError("stream", "it can be iterated once; make the call again for a new one");
    this.#iterated = true;
    return this.#iterator;
  }
}
