import type { RelayEvent } from "./relay-event.ts";

/** The newest that happened to one object since its reader was told of it. */
export interface WaitingChange extends Omit<RelayEvent, "type"> {
  readonly uid: string;
  /** `added`: the reader does not know the object. `unseen`, of no object: others may have come and gone from here on. */
  readonly type: "added" | "modified" | "deleted" | "unseen";
}

/**
 * Changes that wait for one reader, each object once. One that changes again goes to the end, so that versions ascend from the first
 * to the last. Of what came and went in between is only told that something did: so what waits is bounded by the objects that there are
 * and those that the reader knows.
 */
export class WaitingChanges {
  readonly #changes = new Map<string, WaitingChange>();
  // One iterator that is kept finds the first again at once; a new one would pass by all that was taken before.
  #first = this.#changes.values();

  get size(): number {
    return this.#changes.size;
  }

  /** Adds a change that is newer than all that wait; whether it will be told, for what comes and goes is not. */
  add(change: WaitingChange): boolean {
    const { uid } = change;
    let { type } = change;
    const before = this.#changes.get(uid)?.type;
    // The first stands for all that follow.
    if (before === "unseen") return true;
    this.#changes.delete(uid);
    if (before === "added" && type === "deleted") {
      this.add({ ...change, uid: "", type: "unseen" });
      return false;
    }
    // A reader knows what waits for it, but for what is new. Where a server was restored, even what was deleted may be there again.
    if (before !== undefined && type !== "deleted") type = before === "added" ? before : "modified";
    this.#changes.set(uid, { ...change, type });
    return true;
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

  clear(): void {
    this.#changes.clear();
  }
}
