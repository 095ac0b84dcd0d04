import { expect, test } from "vitest";
import { createVirtualClock } from "../node/virtual-clock.ts";
import { EventQueue } from "./event-queue.ts";
import type { WatchOutcome } from "./outcome.ts";

const event = (name: string): WatchOutcome => ({
  type: "ADDED",
  object: { apiVersion: "v1", kind: "Thing", metadata: { name, uid: "", resourceVersion: "", creationTimestamp: "" } },
});
const nameOf = ({ object }: WatchOutcome): unknown => (object as { metadata: { name: string } }).metadata.name;

function start(count: number) {
  const clock = createVirtualClock();
  let ends = 0;
  const queue = new EventQueue(clock, () => ends++);
  for (let i = 0; i < count; i++) queue.push(event(String(i)));
  return { clock, queue, ends: () => ends };
}

test("a watcher that takes nothing while a thousand events wait is ended after three seconds", async () => {
  const { clock, queue, ends } = start(2);
  const reader = queue[Symbol.asyncIterator]();
  expect(nameOf((await reader.next()).value!)).toBe("0");
  for (let i = 2; i < 1003; i++) queue.push(event(String(i)));
  await clock.advance(2999);
  expect(ends()).toBe(0);
  await clock.advance(1);
  expect(ends()).toBeGreaterThan(0);
  // What it had begun to read is whole; nothing after it is missing in between.
  expect(nameOf((await reader.next()).value!)).toBe("1");
  expect(await reader.next()).toEqual({ done: true, value: undefined });
});

test("one that is slow, but reads, gets everything", async () => {
  const { clock, queue } = start(1500);
  const names: unknown[] = [];
  for await (const one of queue) {
    names.push(nameOf(one));
    if (names.length % 100 === 0) await clock.advance(2000);
    if (names.length === 1500) break;
  }
  expect(names).toEqual(Array.from({ length: 1500 }, (_, i) => String(i)));
  expect(clock.pending).toBe(0);
});
