/**
 * What `logs` tells beside the lines. `run` is the container's restart count: 0 for its first run.
 *
 * - `opened`: the log is being read, for the first time or again after it `failed`.
 * - `ended`: the run has ended, and its log was read to the end.
 * - `restarted`: the container runs anew; what follows is of this `run`.
 * - `waiting`: the container has not begun, so that there is no log yet. `reason` is the server's own.
 * - `failed`: a read failed or broke off; it is tried again.
 * - `skipped`: the log is not read: there are `maxStreams` open already, and it waits until one ends; or there is no run before this one.
 * - `gap`: lines are missing here, or may be. They came after the time `after` (undefined: from the beginning of the run) and, where
 *   the log goes on, before `before`. `why` says what happened.
 */
export type LogEvent = LogPlace & LogHappening;

/** The container that an event is about. */
export interface LogPlace {
  /** The namespace of the pod. */
  readonly namespace: string;
  /** The name of the pod. */
  readonly pod: string;
  /** The name of the container. */
  readonly container: string;
}

/** What happened to it. */
export type LogHappening =
  | { readonly type: "opened"; readonly run: number }
  | { readonly type: "ended"; readonly run: number }
  | { readonly type: "restarted"; readonly run: number }
  | { readonly type: "waiting"; readonly reason: string }
  | { readonly type: "failed"; readonly run: number; readonly error: Error }
  | { readonly type: "skipped"; readonly reason: string }
  | {
      readonly type: "gap";
      readonly run: number;
      readonly after: string | undefined;
      readonly before: string | undefined;
      readonly why: string;
    };
