import { getEventListeners } from "node:events";
import { sourceOf } from "@kubewright/core";
import type { PodResource } from "kubewright/core/v1";
import { expect } from "vitest";

/** What keeps the process alive, counted by kind. */
export function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const abreast = 20;

/**
 * Goes so many times by one of the ways, in turn, twenty at once, and holds what is left against what was there before. All of them are
 * about these pods, and were given `signal`.
 */
export async function leaveNothing(
  pods: PodResource,
  signal: AbortSignal,
  times: number,
  ways: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const before = handles();
  const ends = [signal, sourceOf(pods).connection.closed];
  const listeners = (): number[] => ends.map((one) => getEventListeners(one, "abort").length);
  const listened = listeners();
  let begun = 0;
  const goSome = async (): Promise<void> => {
    while (begun < times) await ways[begun++ % ways.length]?.();
  };
  await Promise.all(Array.from({ length: abreast }, goSome));
  for (const kind of ["TCPSocketWrap", "TCPServerWrap", "TLSWrap"])
    await expect.poll(() => handles()[kind] ?? 0).toBeLessThanOrEqual(before[kind] ?? 0);
  await expect.poll(() => handles()["Timeout"] ?? 0).toBeLessThanOrEqual((before["Timeout"] ?? 0) + 2); // the tests' own
  await expect.poll(listeners).toEqual(listened);
}
