import { expect } from "vitest";

/** So many turns of the loop; a message of another process takes many more. */
const mostTurns = 10;

/** Fails unless it settles within a few turns of the event loop, however long these take: nothing far away is waited for. */
export async function atOnce<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const settle = (): void => void (settled = true);
  promise.then(settle, settle);
  for (let turn = 0; turn < mostTurns && !settled; turn++) await new Promise(setImmediate);
  expect(settled, "it settles at once").toBe(true);
  return promise;
}
