import type { CallOptions } from "./options.ts";
import type { Stream } from "./stream.ts";

/** What a command reads: text, bytes, or what brings either bit by bit. */
export type StandardInput = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** The size of a terminal, in characters: whole numbers from 1 to 65,535. */
export interface TerminalSize {
  /** How many characters a line has. */
  readonly columns: number;
  /** How many lines there are. */
  readonly rows: number;
}

/**
 * Options of `exec`. `timeoutMs` bounds the way until the server has accepted; `signal` ends the session at any time, and everything of
 * it then rejects with the signal's reason.
 */
export interface ExecOptions extends CallOptions {
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

/** How a command ended. */
export interface ExecExit {
  /** 0 where it went well; 128 and the number of the signal for one that a signal ended. */
  readonly exitCode: number;
}

/** A command that has ended, and what it wrote. Bytes that are not UTF-8 become U+FFFD; `stdout` of a run has them as they are. */
export interface ExecOutput extends ExecExit {
  /** What it wrote to its output. */
  readonly stdout: string;
  /** What it wrote to its error output. */
  readonly stderr: string;
}

/**
 * A command that runs in a container. Its output must be read: at most 1 MiB of each stream waits here, then the command waits.
 * Where `exit` or one stream is waited for and the other stream is full and was never begun, all reject with a LimitError that names it.
 * The command itself goes on when the session ends before it.
 */
export interface ExecRun extends AsyncDisposable {
  /** What it writes to its output, as it comes. Leaving it before its end ends the session. Rejects as `exit` does, but for a StatusError. */
  readonly stdout: Stream<Uint8Array>;
  /** The same for its error output. */
  readonly stderr: Stream<Uint8Array>;
  /**
   * Resolves when the command has ended, whatever its code. Rejects with a StatusError when it could not be run; with a ConnectionError,
   * NoExitStatus, when the connection ended before the server had told; with the signal's reason.
   */
  readonly exit: Promise<ExecExit>;
  /** Tells a new size of the terminal; where several come quickly, the last one counts. @throws InputError for a wrong size, and without `tty` */
  resize(size: TerminalSize): void;
  /**
   * Ends the session, not the command: without a terminal nothing tells it, unless it reads its input or writes. `exit` then rejects, and
   * the streams do after what had come. Harmless when it has ended.
   */
  close(): Promise<void>;
}

/** A command that is being started. */
export interface ExecPromise extends Promise<ExecRun> {
  /**
   * Waits for its end and gives all that it wrote. Rejects as the run's `exit` does, and with a LimitError beyond 32 MiB of either stream.
   */
  output(): Promise<ExecOutput>;
}
