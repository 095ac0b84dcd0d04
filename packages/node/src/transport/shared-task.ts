import { unlessAborted } from "@kubewright/core";

/**
 * One run of `run` for everybody who asks while it goes on. Whoever's signal aborts leaves with its reason; when all have left,
 * the run is aborted.
 */
export function sharedTask(
  run: (signal: AbortSignal) => Promise<void>,
): (signal: AbortSignal | undefined) => Promise<void> {
  let current: { readonly result: Promise<void>; readonly stop: AbortController; waiting: number } | undefined;

  const begin = (): NonNullable<typeof current> => {
    const stop = new AbortController();
    const task = {
      result: run(stop.signal).finally(() => current === task && (current = undefined)),
      stop,
      waiting: 0,
    };
    return task;
  };

  return async (signal) => {
    const task = (current ??= begin());
    task.waiting += 1;
    try {
      await unlessAborted(task.result, signal);
    } finally {
      task.waiting -= 1;
      if (task.waiting === 0 && signal?.aborted) {
        if (current === task) current = undefined;
        task.stop.abort(signal.reason);
      }
    }
  };
}
