import { describe, expect, test, vi } from "vitest";
import { InputError } from "../errors/input-error.ts";
import { createStream } from "./stream.ts";

/** A caller's signal that counts its listeners. */
function caller(): { controller: AbortController; listeners: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  const kept = (): number => {
    const removed = new Set(remove.mock.calls.map(([, listener]) => listener));
    return add.mock.calls.filter(([, listener]) => !removed.has(listener)).length;
  };
  return { controller, listeners: kept };
}

/** A source like a socket: gives numbers, then waits for ever; `open` until it is let go of. */
function socket(values: readonly number[]): { start: (signal: AbortSignal) => AsyncIterable<number>; state: State } {
  const state: State = { started: 0, open: false, signal: undefined };
  return {
    state,
    async *start(signal) {
      state.started++;
      state.signal = signal;
      state.open = true;
      try {
        yield* values;
        await new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        });
      } finally {
        state.open = false;
      }
    },
  };
}

interface State {
  started: number;
  open: boolean;
  signal: AbortSignal | undefined;
}

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe("a stream", () => {
  test("sends nothing before the first value is asked for", async () => {
    const { start, state } = socket([1]);
    const { controller, listeners } = caller();
    const stream = createStream(start, controller.signal);
    const iterator = stream[Symbol.asyncIterator]();
    await tick();
    expect(state.started).toBe(0);
    expect(listeners()).toBe(0);
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    expect(state.started).toBe(1);
    await stream.close();
  });

  test("ends when its source ends, and lets go of the caller's signal", async () => {
    const { controller, listeners } = caller();
    const stream = createStream(async function* () {
      yield 1;
      yield 2;
    }, controller.signal);
    const seen: number[] = [];
    for await (const value of stream) {
      seen.push(value);
      expect(listeners()).toBe(1);
    }
    expect(seen).toEqual([1, 2]);
    expect(listeners()).toBe(0);
    await stream.close();
  });

  test("can be iterated once", async () => {
    const stream = createStream(async function* () {
      yield 1;
    });
    for await (const value of stream) expect(value).toBe(1);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(InputError);
  });

  test("an error of its source is thrown once, and lets go of the caller's signal", async () => {
    const { controller, listeners } = caller();
    const error = new Error("broken");
    const stream = createStream(async function* () {
      yield 1;
      throw error;
    }, controller.signal);
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await expect(iterator.next()).rejects.toBe(error);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(listeners()).toBe(0);
  });

  test("an error of start is the error of the first value", async () => {
    const { controller, listeners } = caller();
    const stream = createStream(() => {
      throw new InputError("limit", "bad");
    }, controller.signal);
    const iterator = stream[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow(InputError);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(listeners()).toBe(0);
  });

  const ways: [string, (stream: ReturnType<typeof createStream<number>>) => Promise<unknown>][] = [
    [
      "break",
      async (stream) => {
        for await (const _ of stream) break;
      },
    ],
    [
      "return",
      async (stream) =>
        (async () => {
          for await (const value of stream) return value;
          return 0;
        })(),
    ],
    [
      "throw",
      async (stream) =>
        (async () => {
          for await (const _ of stream) throw new Error("mine");
        })().catch((error: unknown) => expect(String(error)).toBe("Error: mine")),
    ],
    [
      "close()",
      async (stream) => {
        await stream[Symbol.asyncIterator]().next();
        await stream.close();
      },
    ],
    [
      "asyncDispose",
      async (stream) => {
        await stream[Symbol.asyncIterator]().next();
        await stream[Symbol.asyncDispose]();
      },
    ],
    [
      "iterator.throw",
      async (stream) => {
        const iterator = stream[Symbol.asyncIterator]();
        await iterator.next();
        await expect(iterator.throw?.(new Error("mine"))).rejects.toThrow("mine");
      },
    ],
  ];
  test.each(ways)("%s closes the socket at once", async (_, leave) => {
    const { start, state } = socket([1, 2, 3]);
    const { controller, listeners } = caller();
    await leave(createStream(start, controller.signal));
    expect(state).toMatchObject({ started: 1, open: false, signal: { aborted: true } });
    expect(listeners()).toBe(0);
    expect(controller.signal.aborted).toBe(false);
  });

  test("the caller's signal closes the socket and rejects a next() that waits, with its reason", async () => {
    const { start, state } = socket([]);
    const { controller, listeners } = caller();
    const iterator = createStream(start, controller.signal)[Symbol.asyncIterator]();
    const next = iterator.next();
    const reason = { mine: true };
    await tick();
    controller.abort(reason);
    await expect(next).rejects.toBe(reason);
    await tick();
    expect(state.open).toBe(false);
    expect(state.signal?.reason).toBe(reason);
    expect(listeners()).toBe(0);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test("an abort while nobody waits closes the socket at once; the next next() rejects", async () => {
    const { start, state } = socket([1, 2]);
    const { controller, listeners } = caller();
    const iterator = createStream(start, controller.signal)[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort("why");
    await tick();
    expect(state.open).toBe(false);
    await expect(iterator.next()).rejects.toBe("why");
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(listeners()).toBe(0);
  });

  test("a signal that has aborted before: nothing is sent", async () => {
    const { start, state } = socket([1]);
    const iterator = createStream(start, AbortSignal.abort("why"))[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toBe("why");
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(state.started).toBe(0);
  });

  test("close() ends a next() that waits, also when the source ignores its signal", async () => {
    for (const start of [
      socket([]).start,
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) }),
    ]) {
      const stream = createStream<number>(start);
      const iterator = stream[Symbol.asyncIterator]();
      const waiting = [iterator.next(), iterator.next()];
      await tick();
      await stream.close();
      expect(await Promise.all(waiting)).toEqual([
        { done: true, value: undefined },
        { done: true, value: undefined },
      ]);
      await stream.close();
    }
  });

  test("a clean-up that fails or never ends does not reach close()", async () => {
    const failing = createStream<number>(async function* () {
      try {
        yield 1;
      } finally {
        // oxlint-disable-next-line no-unsafe-finally
        throw new Error("in the clean-up");
      }
    });
    for await (const _ of failing) break;
    const stuck = createStream<number>(async function* () {
      await new Promise(() => {});
      yield 1;
    });
    const waiting = stuck[Symbol.asyncIterator]().next();
    await stuck.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test("close() before the first next(): nothing is sent, also with an abort later", async () => {
    const { start, state } = socket([1]);
    const controller = new AbortController();
    const stream = createStream(start, controller.signal);
    await stream.close();
    controller.abort("late");
    for await (const _ of stream) expect.unreachable();
    expect(state.started).toBe(0);
  });

  test("an error after the stream was closed concerns nobody", async () => {
    const failed = vi.fn<() => void>();
    const stream = createStream<number>(async function* (signal) {
      yield 1;
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      failed();
      throw new Error("after the end"); // would be an unhandled rejection, which fails the run
    });
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = iterator.next();
    await stream.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await tick();
    expect(failed).toHaveBeenCalledOnce();
  });

  test("has asyncDispose only where the platform has the symbol", async () => {
    expect(Object.getOwnPropertySymbols(createStream(socket([]).start))).toContain(Symbol.asyncDispose);
    const real = globalThis.Symbol;
    vi.stubGlobal("Symbol", { asyncIterator: real.asyncIterator });
    const stream = createStream(socket([]).start);
    vi.unstubAllGlobals();
    expect(Reflect.ownKeys(stream)).toEqual(["close"]);
  });
});
