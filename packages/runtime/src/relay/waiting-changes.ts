/** The newest that happened to one object since its reader was told of it. */
export interface WaitingChange {
  readonly uid: string;
  readonly deleted: boolean;
  /** Whether the reader may know the object. */
  readonly known: boolean;
  readonly resourceVersion: string;
  readonly data: Uint8Array;
}

/**
 * Changes that wait for one reader, each object once. One that changes again goes to the end, so that versions ascend from the first
 * to the last, and what came and went in between is not told. So it is bounded by the objects that there are and those that the reader
 * knows.
 */
export class WaitingChanges {
  readonly #changes = new Map<string, WaitingChange>();
  // One iterator that is kept finds the first again at once; a new one would pass by all that was taken before.
  #first = this.#changes.values();

  get size(): number {
    return this.#changes.size;
  }

  /** Adds a change that is newer than all that wait. */
  add(change: WaitingChange): void {
    const before = this.#changes.get(change.uid);
    this.#changes.delete(change.uid);
    this.#changes.set(change.uid, before === undefined ? change : { ...change, known: before.known });
  }

  /** The oldest; undefined when nothing waits. */
  take(): WaitingChange | undefined {
    let next = this.#first.next();
    if (next.done === true) {
      this.#first = this.#changes.values();
      next = this.#first.next();
    }
    if (next.done === true) return undefined;
    this.#changes.delete(next.value.uid);
    return next.value;
  }

  /** Lets go of an object that the reader does not know yet; whether it was such a one. */
  forget(uid: string): boolean {
    return this.#changes.get(uid)?.known === false && this.#changes.delete(uid);
  }

  clear(): void {
    this.#changes.clear();
  }
}
