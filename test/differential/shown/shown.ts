/** What a Table shows of a kind: objects, and what is patched into their status. */
export interface Shown {
  /** Of the collection; NAMESPACE stands for the namespace. */
  readonly path: string;
  /** The same collection in another version or group. */
  readonly alsoAt?: string;
  /** Each with chance of some statuses, or none. */
  readonly objects: readonly object[];
  readonly statuses: readonly object[];
}
