import { isHopeless } from "../watch/failure-kind.ts";
import { isOver, type WatchHealth } from "../watch/watch-health.ts";
import type { WatchSink } from "../watch/watch-sink.ts";
import type { Goal } from "./goal.ts";
import type { AnyObject } from "../watch/any-object.ts";

/** How a wait ended. */
export type Outcome =
  | { readonly is: "reached"; readonly object: AnyObject | undefined }
  /** The goal cannot be reached any more. */
  | { readonly is: "missed"; readonly object: AnyObject | undefined; readonly why: string }
  | { readonly is: "failed"; readonly error: unknown };

/** Follows one object until it is where it should be; `end` is called once. */
export class Waiting implements WatchSink<AnyObject> {
  /** The last state that was seen. */
  object: AnyObject | undefined;
  /** Why the server cannot be read, while that is so. */
  error: Error | undefined;
  readonly #goal: Goal;
  readonly #end: (outcome: Outcome) => void;
  #there = false;
  /** Whether the server has said that it is there or not. */
  #read = false;
  /** Whether it was among what came since `init`. */
  #came = false;
  #shortfall = "";

  constructor(goal: Goal, end: (outcome: Outcome) => void) {
    this.#goal = goal;
    this.#end = end;
  }

  /** Why it is not there yet. */
  get why(): string {
    const { error } = this;
    if (!this.#read)
      return error === undefined ? "the server has not answered" : `it could not be read: ${error.message}`;
    const state = this.#there ? this.#shortfall : this.#absence;
    return error === undefined ? state : `${state}; this may be old, for the server cannot be read: ${error.message}`;
  }

  init(): void {
    this.#came = false;
  }

  apply(object: AnyObject): void {
    const before = this.#there ? this.object : undefined;
    // Deleted and created anew while nobody told us.
    if (this.#goal.gone && before !== undefined && before.metadata.uid !== object.metadata.uid) {
      this.#end({ is: "reached", object: before });
      return;
    }
    this.object = object;
    this.#came = true;
    this.#there = true;
    this.#read = true;
    try {
      const shortfall = this.#goal.judge(object);
      if (shortfall === undefined) this.#end({ is: "reached", object });
      else if (shortfall.final) this.#end({ is: "missed", object, why: shortfall.why });
      else this.#shortfall = shortfall.why;
    } catch (error) {
      this.#end({ is: "failed", error });
    }
  }

  delete(object: AnyObject): void {
    this.object = object;
    this.#came = false;
    this.#goes();
  }

  synced(): void {
    this.#read = true;
    if (!this.#came) this.#goes();
  }

  progress(): void {}

  health({ state, error }: WatchHealth): void {
    this.error = error;
    if (error === undefined) return;
    if (isOver(state) || (!this.#read && isHopeless(error))) this.#end({ is: "failed", error });
  }

  #goes(): void {
    this.#there = false;
    const { object } = this;
    if (this.#goal.gone) this.#end({ is: "reached", object });
    else if (this.#goal.stays === true) this.#end({ is: "missed", object, why: this.#absence });
  }

  get #absence(): string {
    return this.object === undefined ? "it does not exist" : "it was deleted";
  }
}
