import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ChunkQueue } from "./chunk-queue.ts";

const kilobytes = (count: number): Uint8Array => new Uint8Array(count * 1024);

function make() {
  const calls: string[] = [];
  const queue = new ChunkQueue({ resume: () => calls.push("resume"), cancel: () => calls.push("cancel") });
  return { queue, calls };
}

const value = async (queue: ChunkQueue) => (await queue.next()).value;

test("chunks come out in order, whoever is first: the reader or the chunk", async () => {
  const { queue } = make();
  const early = [queue.next(), queue.next()];
  for (const byte of [1, 2, 3]) queue.push(Uint8Array.of(byte));
  expect((await Promise.all(early)).map((result) => result.value?.[0])).toEqual([1, 2]);
  expect((await value(queue))?.[0]).toBe(3);
  const waiting = queue.next();
  queue.end();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await queue.next()).toEqual({ done: true, value: undefined });
});

test("what was taken is let go of, though something always waits", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { queue } = make();
  const seen: WeakRef<Uint8Array>[] = [];
  queue.push(kilobytes(17));
  for (let turn = 0; turn < 1000; turn++) {
    const chunk = kilobytes(17);
    seen.push(new WeakRef(chunk));
    queue.push(chunk);
    await queue.next();
  }
  await new Promise(setImmediate); // until then what was looked at is held
  collect();
  expect(seen.filter((chunk) => chunk.deref() !== undefined).length).toBeLessThan(10);
  expect((await queue.next()).value).toEqual(kilobytes(17));
});

test("small ones that wait come as one, large ones as they are", async () => {
  const { queue } = make();
  for (const size of [1, 3, 12, 1, 200, 2, 2]) queue.push(kilobytes(size));
  queue.end();
  const sizes: number[] = [];
  for await (const chunk of queue) sizes.push(chunk.byteLength / 1024);
  expect(sizes).toEqual([16, 1, 200, 4]);
});

test("messages stay apart", async () => {
  const queue = new ChunkQueue({ resume() {}, cancel() {} }, 64);
  const sent = [Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)];
  for (const message of sent) queue.push(message);
  queue.end();
  const seen: Uint8Array[] = [];
  for await (const message of queue) seen.push(message);
  expect(seen).toEqual(sent);
});

test("whoever pushes and takes when: the same bytes, in order", async () => {
  const step = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.constant("take" as const));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { queue } = make();
      let count = 0;
      const takes: ReturnType<ChunkQueue["next"]>[] = [];
      for (const one of steps) {
        if (one === "take") takes.push(queue.next());
        else queue.push(Uint8Array.from({ length: one }, () => count++ % 251));
      }
      queue.end();
      const came = (await Promise.all(takes)).map(({ value: chunk }) => chunk ?? new Uint8Array());
      for await (const chunk of queue) came.push(chunk);
      expect(Buffer.concat(came).equals(Uint8Array.from({ length: count }, (_, index) => index % 251))).toBe(true);
    }),
  );
});

test("empty chunks are not told", async () => {
  const { queue } = make();
  queue.push(new Uint8Array());
  queue.push(Uint8Array.of(7));
  expect((await value(queue))?.[0]).toBe(7);
});

test("a source that was asked to pause is resumed, also when it still brought what was on its way", async () => {
  const { queue, calls } = make();
  expect(queue.push(kilobytes(200))).toBe(true);
  expect(queue.push(kilobytes(100))).toBe(false);
  expect(queue.push(kilobytes(30))).toBe(false);
  await queue.next();
  // 130 KB are left: more than the half at which it goes on, and less than what pauses it.
  expect(calls).toEqual([]);
  expect(queue.push(kilobytes(50))).toBe(false);
  await queue.next();
  expect(calls).toEqual(["resume"]);
  expect(queue.push(kilobytes(50))).toBe(true);
});

test("the source pauses when there is much, and goes on when half of it is read", async () => {
  const { queue, calls } = make();
  expect(queue.push(kilobytes(200))).toBe(true);
  expect(queue.push(kilobytes(100))).toBe(false);
  expect(queue.push(kilobytes(1))).toBe(false);
  await queue.next();
  expect(calls).toEqual(["resume"]);
  await queue.next();
  expect(calls).toEqual(["resume"]);
  expect(queue.push(kilobytes(10))).toBe(true);
});

test("it does not go on before the reader has read", async () => {
  const { queue, calls } = make();
  for (let i = 0; i < 3; i++) queue.push(kilobytes(100));
  await queue.next();
  expect(calls).toEqual([]);
  await queue.next();
  expect(calls).toEqual(["resume"]);
});

describe("failing", () => {
  test("comes after the chunks, and again to whoever asks again", async () => {
    const { queue, calls } = make();
    queue.push(Uint8Array.of(1));
    queue.fail("broken");
    queue.end();
    expect((await value(queue))?.[0]).toBe(1);
    await expect(queue.next()).rejects.toBe("broken");
    await expect(queue.next()).rejects.toBe("broken");
    queue.cancel();
    expect(calls).toEqual([]);
  });

  test("may drop the chunks, even those of a complete body", async () => {
    const { queue } = make();
    queue.push(Uint8Array.of(1));
    queue.end();
    queue.fail("aborted", true);
    await expect(queue.next()).rejects.toBe("aborted");
  });

  test("rejects everybody who waits", async () => {
    const { queue } = make();
    const waiting = [queue.next(), queue.next()].map((next) => next.catch((error: unknown) => error));
    queue.fail("broken");
    expect(await Promise.all(waiting)).toEqual(["broken", "broken"]);
  });
});

describe("leaving", () => {
  test("tells the source once, and only if it has not ended", async () => {
    const open = make();
    await open.queue.return();
    open.queue.cancel();
    expect(open.calls).toEqual(["cancel"]);
    const ended = make();
    ended.queue.push(Uint8Array.of(1));
    ended.queue.end();
    ended.queue.cancel();
    expect(ended.calls).toEqual([]);
    expect(await ended.queue.next()).toEqual({ done: true, value: undefined });
  });

  test("ends a read that waits", async () => {
    const { queue } = make();
    const waiting = queue.next();
    queue.cancel();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(queue.push(Uint8Array.of(1))).toBe(true);
    queue.fail("late");
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  test.each(["break", "throw"])("%s in a loop tells the source", async (how) => {
    const { queue, calls } = make();
    queue.push(Uint8Array.of(1));
    const loop = async () => {
      for await (const _chunk of queue) {
        if (how === "break") break;
        throw new Error("mine");
      }
    };
    if (how === "break") await loop();
    else await expect(loop()).rejects.toThrow("mine");
    expect(calls).toEqual(["cancel"]);
  });
});

test("a second loop is refused: it would get a part", () => {
  const { queue } = make();
  queue[Symbol.asyncIterator]();
  expect(() => queue[Symbol.asyncIterator]()).toThrow("only once");
});
