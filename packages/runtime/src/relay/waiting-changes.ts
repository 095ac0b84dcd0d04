import type { RelayEvent } from "./relay-event.ts";

/** The newest that happened to one object since its reader was told of it. */
export interface WaitingChange extends RelayEvent {
  readonly uid: string;
  /** `added`: the reader does not know the object. */
  readonly type: "added" | "modified" | "deleted";
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
    const { uid } = change;
    let { type } = change;
    const before = this.#changes.get(uid)?.type;
    this.#changes.delete(uid);
    // A reader knows what waits for it, but for what is new. Where a server was restored, even what was deleted may be there again.
    if (before !== undefined && type !== "deleted") type = before === "added" ? before : "modified";
    this.#changes.set(uid, { ...change, type });
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
    return this.#changes.get(uid)?.type === "added" && this.#changes.delete(uid);
  }

  clear(): void {
    this.#changes.clear();
  }
}
