import type { PodRun, PodStreamOptions, RunExit, StandardInput, TerminalSize } from "./pod-run.ts";

/**
 * Options of `exec`. `timeoutMs` bounds the way until the server has accepted; `signal` ends the session at any time, and everything of
 * it then rejects with the signal's reason.
 */
export interface ExecOptions extends PodStreamOptions {
  /** The program and its arguments. No shell reads them; for one, pass `["sh", "-c", "…"]`. */
  readonly command: readonly string[];
  /**
   * Which container it runs in. Default: the only one of the pod; of several, the one that the pod's annotation
   * `kubectl.kubernetes.io/default-container` names, for which the pod is read.
   */
  readonly container?: string | undefined;
  /**
   * What the command reads. It is pulled as fast as the command takes it, and its end is the end of the command's input; with `tty`
   * an end is not told to servers before Kubernetes 1.30. When it throws, the session ends with that error. Default: none.
   */
  readonly stdin?: StandardInput | undefined;
  /** Whether the command's output is wanted. Default true. */
  readonly stdout?: boolean | undefined;
  /** Whether the command's error output is wanted. Default true; with `tty` it comes within `stdout`, and only false may be given. */
  readonly stderr?: boolean | undefined;
  /** Runs it in a terminal of this size, of which the command may be told a moment after it has begun. Default: without one. */
  readonly tty?: TerminalSize | undefined;
}

/** A command that has ended, and what it wrote. Bytes that are not UTF-8 become U+FFFD; `stdout` of a run has them as they are. */
export interface ExecOutput extends RunExit {
  /** What it wrote to its output. */
  readonly stdout: string;
  /** What it wrote to its error output. */
  readonly stderr: string;
}

/** A command that is being started. */
export interface ExecPromise extends Promise<PodRun> {
  /**
   * Waits for its end and gives all that it wrote. Rejects as the run's `exit` does, and with a LimitError beyond 32 MiB of either stream.
   */
  output(): Promise<ExecOutput>;
}
