import type { CallOptions } from "./options.ts";
import type { Stream } from "./stream.ts";

/** What every stream of a pod takes. */
export interface PodStreamOptions extends CallOptions {
  /**
   * For how many milliseconds nothing may come from the server while no ping can be answered: while what was sent waits to be taken, such
   * as input that a command leaves unread, or while what comes is not read here. Then the session ends with a ConnectionError, up to
   * 9 s later. Default `Infinity`: the operating system decides, after minutes. At all other times a dead
   * connection is found within 18 s.
   */
  readonly stallTimeoutMs?: number | undefined;
}

/** What a command reads: text, bytes, or what brings either bit by bit. */
export type StandardInput = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** The size of a terminal, in characters: whole numbers from 1 to 65,535. */
export interface TerminalSize {
  /** How many characters a line has. */
  readonly columns: number;
  /** How many lines there are. */
  readonly rows: number;
}

/** How a command ended. */
export interface RunExit {
  /** 0 where it went well; 128 and the number of the signal for one that a signal ended. */
  readonly exitCode: number;
}

/**
 * A command that runs in a container, or what the container itself runs. Its output must be read: at most 1 MiB of each stream waits here, then the command waits.
 * Where `exit` or one stream is waited for and the other stream is full and was never begun, all reject with a LimitError that names it.
 * The command itself goes on when the session ends before it.
 */
export interface PodRun extends AsyncDisposable {
  /** True for what runs without this session, as attach joins it; false for a command that was started for it, as exec's. */
  readonly attached: boolean;
  /** What it writes to its output, as it comes. Leaving it before its end ends the session. Rejects as `exit` does, but for a StatusError. */
  readonly stdout: Stream<Uint8Array>;
  /** The same for its error output. */
  readonly stderr: Stream<Uint8Array>;
  /**
   * Resolves when the command has ended, whatever its code. Rejects with a StatusError when it could not be run; with a ConnectionError,
   * NoExitStatus, when the connection ended before the server had told; with the signal's reason.
   */
  readonly exit: Promise<RunExit>;
  /** Tells a new size of the terminal; where several come quickly, the last one counts. @throws InputError for a wrong size, and without a terminal */
  resize(size: TerminalSize): void;
  /**
   * Ends the session, not the command: without a terminal nothing tells it, unless it reads its input or writes. `exit` then rejects, and
   * the streams do after what had come. Harmless when it has ended.
   */
  close(): Promise<void>;
}
