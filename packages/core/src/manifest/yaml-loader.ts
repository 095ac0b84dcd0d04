/**
 * The library's loader while it reads, as its `listener` sees it: at "open" a node is about to be read, at "close" it was.
 * What the listener writes into `result` and `position` counts.
 */
export interface LoaderState {
  /** The text, with a line break and a NUL at its end. */
  readonly input: string;
  position: number;
  line: number;
  lineStart: number;
  lineIndent: number;
  /** How many nodes are open. */
  readonly depth: number;
  /** What was read; null for nothing, and for an alias. */
  readonly kind: "scalar" | "sequence" | "mapping" | null;
  /** The full tag; "?" for plain text without one, null for anything else without one. */
  tag: string | null;
  readonly anchor: string | null;
  result: unknown;
  readonly anchorMap: Record<string, unknown>;
}
