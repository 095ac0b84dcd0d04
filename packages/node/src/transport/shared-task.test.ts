import { expect, test } from "vitest";

import { sharedTask } from "./shared-task.ts";

interface Run {
  readonly signal: AbortSignal;
  resolve(): void;
  reject(error: unknown): void;
}

function make() {
  const runs: Run[] = [];
  const task = sharedTask((signal) => new Promise<void>((resolve, reject) => runs.push({ signal, resolve, reject })));
  const ask = (signal?: AbortSignal): Promise<unknown> => task(signal).catch((error: unknown) => error);
  return { ask, runs };
}

test("whoever asks meanwhile shares the run, its failure too; then it begins anew", async () => {
  const { ask, runs } = make();
  const all = [ask(), ask(new AbortController().signal), ask()];
  expect(runs).toHaveLength(1);
  runs[0]!.reject("broken");
  expect(await Promise.all(all)).toEqual(["broken", "broken", "broken"]);
  const later = ask();
  expect(runs).toHaveLength(2);
  runs[1]!.resolve();
  expect(await later).toBeUndefined();
});

test("an abort is one asker's; the last one's ends the run, and whoever asks then has another", async () => {
  const { ask, runs } = make();
  const [first, second] = [new AbortController(), new AbortController()];
  const [one, two] = [ask(first.signal), ask(second.signal)];
  first.abort("enough");
  expect(await one).toBe("enough");
  expect(runs[0]!.signal.aborted).toBe(false);
  second.abort("too");
  expect(await two).toBe("too");
  expect(runs[0]!.signal.reason).toBe("too");
  const three = ask();
  expect(runs).toHaveLength(2);
  runs[0]!.reject("late");
  await new Promise((resolve) => setImmediate(resolve));
  const four = ask();
  expect(runs).toHaveLength(2);
  runs[1]!.resolve();
  expect(await Promise.all([three, four])).toEqual([undefined, undefined]);
});
