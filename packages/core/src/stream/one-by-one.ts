/** An iterator of which some values may be there without waiting: `ready` takes the next of them, and gives undefined where there is none. */
export interface ReadyIterator<T> extends AsyncIterator<T> {
  ready?(): IteratorYieldResult<T> | undefined;
}

/** What has a {@link ReadyIterator}, as every other iterable has. */
export interface ReadyIterable<T> {
  [Symbol.asyncIterator](): ReadyIterator<T>;
}

/**
 * The values of batches, one by one. A batch is asked for once all of the one before were taken and more is wanted. Not a generator, which
 * would cost each value several promises.
 */
export function oneByOne<T>(batches: AsyncIterable<readonly T[]>): ReadyIterable<T> {
  const source = batches[Symbol.asyncIterator]();
  let batch: readonly T[] = [];
  let at = 0;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const passOn = (): void => void (waiting -= 1);

  function ready(): IteratorYieldResult<T> | undefined {
    return at < batch.length ? { done: false, value: batch[at++] as T } : undefined;
  }

  async function take(): Promise<IteratorResult<T>> {
    for (;;) {
      const there = ready();
      if (there !== undefined) return there;
      const { done, value } = await source.next();
      if (done === true) return { done, value };
      batch = value;
      at = 0;
    }
  }

  return {
    [Symbol.asyncIterator]: () => ({
      ready,
      next() {
        const there = waiting === 0 ? ready() : undefined;
        if (there !== undefined) return Promise.resolve(there);
        waiting += 1;
        const result = turn.then(take);
        turn = result.then(passOn, passOn);
        return result;
      },
      async return() {
        await source.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}
