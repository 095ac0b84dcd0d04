/** What was left out of a copy. */
export interface SkippedEntry {
  /** Its path below what was copied, as far as it is UTF-8; "." for what was copied itself. */
  readonly path: string;
  /** Why, such as "a symbolic link". */
  readonly reason: string;
}

/** What a copy did. */
export interface CopyResult {
  /** How many files were copied, further names of one file included. Folders are not counted. */
  readonly files: number;
  /** The sum of their sizes. */
  readonly bytes: number;
  /** What was left out, in the order it came. */
  readonly skipped: readonly SkippedEntry[];
}
