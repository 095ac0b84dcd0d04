/**
 * How a watch stands.
 *
 * - `listing`: it reads the collection. `streaming`: it is told every change.
 * - `recovering`: something failed (`error`) and it waits until it tries again.
 * - `gone`: the server no longer has the resource, and it has ended. `stopped`: it was ended.
 */
export type WatchState = "listing" | "streaming" | "recovering" | "gone" | "stopped";

/** What a watch says of itself, for readiness probes and logs. */
export interface WatchHealth {
  /** How it stands. */
  readonly state: WatchState;
  /** Whether the collection was read to its end once; it is then never unsynced again. */
  readonly synced: boolean;
  /** When the server last said something, bookmarks included; undefined before it did. */
  readonly lastEventAt: Date | undefined;
  /** How often it began anew after a failure or a watch that ended. */
  readonly restarts: number;
  /** The version up to which every change is known; undefined before `synced`. */
  readonly resourceVersion: string | undefined;
  /** Why it recovers, or what ended it; undefined while all is well. */
  readonly error: Error | undefined;
}

/** Whether nothing will come of it any more. */
export function isOver(state: WatchState): boolean {
  return state === "gone" || state === "stopped";
}

/** How a watch stands before it was begun. */
export const notBegun: WatchHealth = {
  state: "listing",
  synced: false,
  lastEventAt: undefined,
  restarts: 0,
  resourceVersion: undefined,
  error: undefined,
};
