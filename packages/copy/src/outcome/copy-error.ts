import { KubeError } from "@kubewright/core";
import type { CopyResult } from "./copy-result.ts";

/** What a {@link CopyError} holds. */
export interface CopyErrorOptions {
  /** What was copied until then. */
  readonly result: CopyResult;
  /** How `tar` ended, where that is known. */
  readonly exitCode?: number | undefined;
  /** What `tar` said last. */
  readonly stderr: string;
  /** The error behind it. */
  readonly cause?: unknown;
}

/**
 * A copy that was not completed. What it had copied stays where it is whole: no file is left in part. `cause` is the error behind it,
 * where there is one.
 */
export class CopyError extends KubeError {
  override readonly name = "CopyError";
  /** What was copied until then. Of `copyTo` nothing counts before all has arrived. */
  readonly result: CopyResult;
  /** How `tar` ended in the container; undefined where it did not, or nobody knows. */
  readonly exitCode: number | undefined;
  /** The last words of `tar` in the container, at most 4 KiB. */
  readonly stderr: string;

  constructor(problem: string, { result, exitCode, stderr, cause }: CopyErrorOptions) {
    const words = stderr.trim();
    super(`CopyFailed: ${problem}${words === "" ? "" : `; the container said: ${words.slice(-500)}`}`, {
      cause,
    });
    this.result = result;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}
