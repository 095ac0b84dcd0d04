/**
 * A promise that tells when somebody waits for it, and that nobody has to: its rejection is never an unhandled one. A subclass, since
 * `await` looks past a `then` that is put to an ordinary promise.
 */
export class WatchedPromise<T> extends Promise<T> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** Called at each `then`, `catch` and `await`. */
  waited: (() => void) | undefined;

  // oxlint-disable-next-line no-thenable
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.waited?.();
    return super.then(onFulfilled, onRejected);
  }
}
