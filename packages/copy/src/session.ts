import { type ExecOptions, InputError, isKubeError, type PodRun } from "@kubewright/core";
import { setTimeout as sleep } from "node:timers/promises";
import type { CopyOptions } from "./copy-options.ts";
import { CopyError } from "./outcome/copy-error.ts";
import { Fault } from "./outcome/fault.ts";
import type { Tally } from "./outcome/tally.ts";
import { type PodsWithFiles, refuseWindows } from "./remote/pod-with-files.ts";
import { isBroken } from "./remote/run-tar.ts";
import { lastWords, type Words } from "./remote/words.ts";

/** The pauses before another try, in milliseconds; the last one stands for all that follow. */
const pausesMs = [200, 1000, 5000] as const;
const defaultRetries = 2;

/** How long what is done after a failure may take, in milliseconds. */
const afterwardsMs = 5000;

/** A program that runs in the container, and what it says. */
export interface Running {
  readonly run: PodRun;
  readonly words: Words;
}

/** One copy's dealings with its pod. */
export class Session {
  readonly #pods: PodsWithFiles;
  readonly #name: string;
  readonly #options: CopyOptions;
  #accepted = false;
  #words: Words | undefined;

  constructor(pods: PodsWithFiles, name: string, options: CopyOptions) {
    this.#pods = pods;
    this.#name = name;
    this.#options = options;
  }

  /** @throws InputError for containers that no copy can be made with */
  async check(): Promise<void> {
    const { signal, timeoutMs, impersonate, token } = this.#options;
    await refuseWindows(this.#pods, this.#name, { signal, timeoutMs, impersonate, token });
  }

  async run<T>(options: Pick<ExecOptions, "command" | "stdin">, use: (running: Running) => Promise<T>): Promise<T> {
    const { signal, timeoutMs, stallTimeoutMs, impersonate, token, container } = this.#options;
    const call = { signal, timeoutMs, stallTimeoutMs, impersonate, token, container };
    const run = await this.#pods.exec(this.#name, { ...call, ...options });
    this.#accepted = true;
    const words = lastWords(run.stderr);
    this.#words = words;
    try {
      const used = await use({ run, words });
      await words.ended;
      return used;
    } finally {
      await run.close();
    }
  }

  /** Does it until it goes well, or another try would be one too many, or of no use. */
  async retrying(once: () => Promise<void>, canRepeat: () => boolean): Promise<void> {
    const { retries = defaultRetries, signal } = this.#options;
    for (let retry = 0; ; retry++) {
      try {
        return await once();
      } catch (error) {
        if (!canRepeat() || retry >= retries || !isBroken(error)) throw error;
        await sleep(pausesMs[retry] ?? pausesMs[2], undefined, { signal });
      }
    }
  }

  /**
   * Runs what is to be done after a failure, once and not for long; gives why it did not go well. Nobody waits for it behind an abort.
   * Never rejects.
   */
  async afterwards(command: readonly string[]): Promise<string | undefined> {
    if (!this.#accepted) return undefined;
    const { signal } = this.#options;
    const done = this.#quietly(command);
    if (signal === undefined) return done;
    let leave: () => void = () => {};
    const aborted = new Promise<undefined>((resolve) => (leave = () => resolve(undefined)));
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave);
    try {
      return await Promise.race([done, aborted]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  async #quietly(command: readonly string[]): Promise<string | undefined> {
    const { impersonate, token, container } = this.#options;
    try {
      const signal = AbortSignal.timeout(afterwardsMs);
      const call = { command, signal, timeoutMs: afterwardsMs, impersonate, token, container };
      const run = await this.#pods.exec(this.#name, call);
      try {
        const words = lastWords(run.stderr);
        const { exitCode } = await run.exit;
        await words.ended;
        return exitCode === 0 ? undefined : words.text().trim() || `sh ended with the exit code ${exitCode}`;
      } finally {
        await run.close();
      }
    } catch (error) {
      return messageOf(error);
    }
  }

  /** What the caller hears of it: refusals before anything was run, wrong input and aborts as they are. `left` is told with it. */
  errorOf(error: unknown, tally: Tally, left?: string): unknown {
    const { signal } = this.#options;
    if (signal?.aborted === true) return signal.reason;
    if (error instanceof InputError) return error;
    if (!this.#accepted && isKubeError(error)) return error;
    const stderr = this.#words?.text() ?? "";
    const { result } = tally;
    const told = (problem: string): string => (left === undefined ? problem : `${problem}; ${left}`);
    if (error instanceof Fault)
      return new CopyError(told(error.message), { result, stderr, exitCode: error.exitCode, cause: error.cause });
    return new CopyError(told(messageOf(error)), { result, stderr, cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "something that is no error was thrown";
}
