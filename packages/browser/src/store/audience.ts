/** The listeners of a store. */
export class Audience<V> {
  readonly #listeners = new Map<symbol, (value: V) => void>();

  get size(): number {
    return this.#listeners.size;
  }

  /** Tells `listener` the value of now, and from now on; gives what ends it. */
  add(listener: (value: V) => void, value: V): () => void {
    const id = Symbol();
    this.#listeners.set(id, listener);
    call(listener, value);
    return () => void this.#listeners.delete(id);
  }

  tell(value: V): void {
    // One that is ended meanwhile is told no more, one that joins meanwhile has been told.
    for (const [id, listener] of [...this.#listeners]) if (this.#listeners.has(id)) call(listener, value);
  }
}

function call<V>(listener: (value: V) => void, value: V): void {
  try {
    listener(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
