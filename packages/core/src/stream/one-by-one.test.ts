import { expect, test } from "vitest";
import { oneByOne, type ReadyIterator } from "./one-by-one.ts";
import { createStream } from "./stream.ts";

/** Batches of numbers, and how many were asked for. */
function batches(...all: readonly (readonly number[])[]): {
  readonly source: AsyncIterable<readonly number[]>;
  readonly state: { asked: number; left: boolean };
} {
  const state = { asked: 0, left: false };
  async function* source(): AsyncGenerator<readonly number[]> {
    try {
      for (const batch of all) {
        state.asked += 1;
        await Promise.resolve();
        yield batch;
      }
    } finally {
      state.left = true;
    }
  }
  return { source: source(), state };
}

test("gives each value in order, over empty batches too, and then ends", async () => {
  const stream = createStream(() => oneByOne(batches([1, 2], [], [3], []).source));
  const seen: number[] = [];
  for await (const value of stream) seen.push(value);
  expect(seen).toEqual([1, 2, 3]);
});

test("asks for the next batch when all of the one before were taken and more is wanted", async () => {
  const { source, state } = batches([1, 2], [3]);
  const iterator = createStream(() => oneByOne(source))[Symbol.asyncIterator]();
  for (const value of [1, 2]) expect(await iterator.next()).toEqual({ done: false, value });
  expect(state.asked).toBe(1);
  expect(await iterator.next()).toEqual({ done: false, value: 3 });
  expect(state.asked).toBe(2);
});

test("who asks several times at once gets the values in the order of asking", async () => {
  const iterator = createStream(() => oneByOne(batches([1, 2], [3], [4, 5]).source))[Symbol.asyncIterator]();
  const order: unknown[] = [];
  const ask = async (): Promise<void> => void order.push((await iterator.next()).value);
  await Promise.all([ask().then(ask).then(ask), ask(), ask(), ask()]);
  expect(order).toEqual([1, 2, 3, 4, 5, undefined]);
});

test("who leaves or fails in the middle of a batch leaves its source", async () => {
  const { source, state } = batches([1, 2, 3]);
  for await (const value of createStream(() => oneByOne(source))) if (value === 2) break;
  expect(state.left).toBe(true);
  const failing = oneByOne(
    (async function* () {
      yield [1];
      throw new Error("broken");
    })(),
  )[Symbol.asyncIterator]();
  expect(await failing.next()).toEqual({ done: false, value: 1 });
  await expect(failing.next()).rejects.toThrow("broken");
  expect(await failing.next()).toMatchObject({ done: true });
});

test("an abort comes before values that are there already", async () => {
  const controller = new AbortController();
  const iterator = createStream(() => oneByOne(batches([1, 2, 3]).source), controller.signal)[Symbol.asyncIterator]();
  expect(await iterator.next()).toEqual({ done: false, value: 1 });
  controller.abort("mine");
  await expect(iterator.next()).rejects.toBe("mine");
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

test("ready gives what needs no waiting, and nothing else", async () => {
  const iterator: ReadyIterator<number> = oneByOne(batches([1, 2]).source)[Symbol.asyncIterator]();
  expect(iterator.ready?.()).toBeUndefined();
  await iterator.next();
  expect(iterator.ready?.()).toEqual({ done: false, value: 2 });
  expect(iterator.ready?.()).toBeUndefined();
});
