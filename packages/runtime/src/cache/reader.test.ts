import { systemClock } from "@kubewright/core";
import { expect, test } from "vitest";
import type { Held } from "../share/held.ts";
import { Reader } from "./reader.ts";

test("much that waits leaves everything else its turns", async () => {
  const entries = new Map<string, Held<number>>();
  let time = 0;
  const reader = new Reader(entries, { ...systemClock, now: () => time });
  for (let i = 0; i < 2000; i++) {
    const held = { key: `${i}`, namespace: undefined, name: `${i}`, uid: `${i}`, resourceVersion: "1", value: i };
    entries.set(held.key, held);
    reader.changed(undefined, held);
  }
  let turns = 0;
  let over = false;
  const turn = (): void => {
    turns++;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  let events = 0;
  let left = 0;
  for await (const event of reader.events(() => left++)) {
    expect(event.object).toBe(events);
    time += 1;
    if (++events === 2000) reader.finish();
  }
  over = true;
  expect([events, left]).toEqual([2000, 1]);
  expect(turns).toBeGreaterThanOrEqual(200);
});
