import fc from "fast-check";
import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

const tick = () => new Promise((resolve) => setImmediate(resolve));

test("never more than allowed, in order, and whoever leaves is passed over", async () => {
  const step = fc.oneof(
    fc.constant("wait" as const),
    fc.constant("end" as const),
    fc.constant("take" as const),
    fc.nat(20),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 30 }), async (most, steps) => {
      const turns = createTurns(most);
      let running = 0;
      const began: number[] = [];
      const expected: number[] = [];
      const queue: { readonly id: number; readonly stop: AbortController }[] = [];
      let next = 0;
      const settle = (): void => {
        while (running < most && queue.length > 0) {
          running += 1;
          expected.push(queue.shift()!.id);
        }
      };
      for (const what of steps) {
        if (what === "wait") {
          const id = next++;
          const stop = new AbortController();
          queue.push({ id, stop });
          turns.wait(stop.signal).then(
            () => began.push(id),
            () => {},
          );
          settle();
        } else if (what === "take") {
          const free = running < most && queue.length === 0;
          expect(turns.take()).toBe(free);
          if (free) running += 1;
        } else if (what === "end") {
          if (running === 0) continue;
          turns.end();
          running -= 1;
          settle();
        } else {
          queue.splice(what % (queue.length + 1), 1)[0]?.stop.abort();
        }
        await tick();
        expect(began).toEqual(expected);
      }
    }),
  );
});

test("fewer for a time: nobody is cut off, and the bound grows back no further than it was", async () => {
  const turns = createTurns(3);
  const { signal } = new AbortController();
  for (let i = 0; i < 3; i++) expect(turns.take()).toBe(true);
  expect(turns.narrow()).toBe(true);
  turns.end();
  let began = false;
  const waiting = turns.wait(signal).then(() => (began = true));
  await tick();
  expect(began).toBe(false);
  turns.widen();
  await waiting;
  for (let i = 0; i < 5; i++) turns.widen();
  expect(turns.take()).toBe(false);
});

test("the last one that goes on keeps its turn", () => {
  const turns = createTurns(2);
  turns.take();
  expect(turns.narrow()).toBe(false);
});

test("who has left already waits for nothing", async () => {
  const turns = createTurns(1);
  await expect(turns.wait(AbortSignal.abort("mine"))).rejects.toBe("mine");
  expect(turns.take()).toBe(true);
});
