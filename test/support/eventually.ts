import { setTimeout as sleep } from "node:timers/promises";

/** Waits until `check` gives a value, and gives it; a failure of the check is one of the test. */
export async function eventually<T>(
  check: () => T | undefined | Promise<T | undefined>,
  what: string,
  timeoutMs = 30_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined) return value;
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(50);
  }
}

/** Tries until it works, and gives what that brings; the last failure is the error. */
export async function succeeds<T>(attempt: () => T | Promise<T>, timeoutMs = 30_000): Promise<T> {
  let last: unknown;
  const once = async (): Promise<{ readonly value: T } | undefined> => {
    try {
      return { value: await attempt() };
    } catch (error) {
      last = error;
      return undefined;
    }
  };
  try {
    return (await eventually(once, "it works", timeoutMs)).value;
  } catch {
    throw last;
  }
}
