/** Does several things at once, up to `most`, and remembers the first that failed. */
export class AtOnce {
  readonly #most: number;
  readonly #running = new Set<Promise<void>>();
  #failed: { readonly error: unknown } | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** Begins it, once there is room. @throws what one of those before it threw */
  async add(act: () => Promise<void>): Promise<void> {
    if (this.#running.size >= this.#most) await Promise.race(this.#running);
    this.#rethrow();
    const running = act()
      .catch((error: unknown) => void (this.#failed ??= { error }))
      .finally(() => void this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for all. @throws what one of them threw */
  async done(): Promise<void> {
    await Promise.all(this.#running);
    this.#rethrow();
  }

  /** Waits for all, whatever became of them. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  #rethrow(): void {
    if (this.#failed !== undefined) throw this.#failed.error;
  }
}
