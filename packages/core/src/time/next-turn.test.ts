import { expect, test } from "vitest";
import { nextTurn } from "./next-turn.ts";

const openPorts = (): number => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;

test("timers run meanwhile, and no port stays open", async () => {
  const before = openPorts();
  let ran = false;
  setTimeout(() => (ran = true), 0);
  const began = performance.now();
  while (!ran && performance.now() - began < 5000) await nextTurn();
  expect(ran).toBe(true);
  await expect.poll(openPorts).toBe(before); // a port closes a moment later
});
