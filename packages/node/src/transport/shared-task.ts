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
      await abortable(task.result, signal);
    } finally {
      task.waiting -= 1;
      if (task.waiting === 0 && signal?.aborted) {
        if (current === task) current = undefined;
        task.stop.abort(signal.reason);
      }
    }
  };
}

/** Waits for `promise`, or rejects with the signal's reason. The promise's own failure is then nobody's concern any more. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason);
    if (signal.aborted) aborted();
    else signal.addEventListener("abort", aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
  });
}
