/** What a relay tells of a collection, ready to be handed on. */
export interface RelayEvent {
  /**
   * As in a watch. `bookmark`: all up to this version was told; the one after what exists at first carries the annotation
   * `k8s.io/initial-events-end`, as WatchList's does, and one before which something may have come and gone untold carries
   * `kubewright.dev/unseen-until`. `error` is the last event.
   */
  readonly type: "added" | "modified" | "deleted" | "bookmark" | "error";
  /**
   * Whoever knows this version, and asks for what is newer, misses nothing. A deletion that a list found has the version that was known
   * before. Empty for an error.
   */
  readonly resourceVersion: string;
  /** The object as JSON in UTF-8, without a line break; of an error, the Status. One array stands for one state, whoever reads it. */
  readonly data: Uint8Array;
}
