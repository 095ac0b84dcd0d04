/** A condition of the object, from `status.conditions`. */
export interface WaitCondition {
  /** Its type, as the API writes it, such as `Available`. */
  readonly condition: string;
  /** The status it must have. Default `"True"`. */
  readonly status?: "True" | "False" | "Unknown" | undefined;
}

/**
 * A state with a name.
 *
 * - `ready`: as `isReady` judges each kind.
 * - `rolledOut`: of a Deployment, StatefulSet or DaemonSet, as `kubectl rollout status` judges.
 * - `complete`, `failed`, `finished`: of a Job; finished is either.
 */
export type WaitState = "ready" | "rolledOut" | "complete" | "failed" | "finished";

/** What is waited for: a state, a condition, what a function says of the object, or that it is gone. */
export type WaitUntil<R> = WaitState | WaitCondition | ((object: R) => boolean) | "deleted";
