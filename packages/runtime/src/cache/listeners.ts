/** Who is told that something changed: once for each turn in which it did, after it. */
export class Listeners {
  readonly #due = new Map<symbol, () => void>();

  /** Tells `listener` from now on; gives what ends it. */
  add(listener: () => void): () => void {
    const id = Symbol();
    let waiting = false;
    this.#due.set(id, () => {
      if (waiting) return;
      waiting = true;
      // Not at once: what it throws must reach neither the watch nor other listeners.
      queueMicrotask(() => {
        waiting = false;
        if (this.#due.has(id)) listener();
      });
    });
    return () => void this.#due.delete(id);
  }

  /** Something changed. */
  changed(): void {
    for (const due of this.#due.values()) due();
  }
}
