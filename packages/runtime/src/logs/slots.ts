/** How many logs may be read at a time. Who finds none free waits, in order. */
export class Slots {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  /** Takes one, and tells whether there was one; if not, `granted` is called once there is. */
  take(granted: () => void): boolean {
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    this.#waiting.add(granted);
    return false;
  }

  /** Waits no longer. */
  forgo(granted: () => void): void {
    this.#waiting.delete(granted);
  }

  /** Gives one back. */
  release(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
