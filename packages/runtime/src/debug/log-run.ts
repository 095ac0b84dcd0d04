import {
  type CallOptions,
  ConnectionError,
  createStream,
  InputError,
  type PodRun,
  type RequestInfo,
  type ResourceSource,
  type RunExit,
  shownAs,
} from "@kubewright/core";
import { logs } from "../logs/logs.ts";
import { awaitGoal } from "../wait/await-goal.ts";
import { WaitError } from "../wait/wait-errors.ts";
import type { AnyObject } from "../watch/any-object.ts";
import { exitCodeOf } from "./debugged-pod.ts";

/** Which container, and how it is read. */
export interface LoggedContainer {
  readonly source: ResourceSource;
  /** The client behind the source. */
  readonly resource: Parameters<typeof logs>[0];
  readonly name: string;
  readonly container: string;
  readonly uid: string;
  readonly as: Pick<CallOptions, "signal" | "impersonate" | "token">;
  /** The container has a terminal, whose size nobody needs any more. */
  readonly hasTerminal: boolean;
}

/** A container as a run: its log from the first line, followed, and its end from its status. */
export function runOfLog(given: LoggedContainer): PodRun {
  const { source, name, container, as, hasTerminal } = given;
  const request = { verb: "log", path: source.pathOf(name) };
  const closing = new AbortController();
  const stop = as.signal === undefined ? closing.signal : AbortSignal.any([as.signal, closing.signal]);
  const exit = exitOf(given, request, stop);
  exit.catch(() => undefined);
  const close = async (): Promise<void> => {
    closing.abort(new ConnectionError("Closed: the run was closed here", { request }));
    await exit.catch(() => undefined);
  };
  const shown = (): { readonly path: string; readonly container: string } => ({ path: request.path, container });
  const run: Omit<PodRun, typeof Symbol.asyncDispose> = {
    attached: true,
    stdout: createStream((left) => bytesOf(given, request, AbortSignal.any([left, stop])), undefined, shown),
    // eslint-disable-next-line require-yield
    stderr: createStream(async function* () {}, undefined, shown),
    exit,
    resize() {
      if (!hasTerminal) throw new InputError("size", "it runs without a terminal; pass tty", { request });
    },
    close,
  };
  // Old browsers have no such symbol, and no syntax that would ask for it.
  if (Symbol.asyncDispose) Object.assign(run, { [Symbol.asyncDispose]: close });
  return shownAs(run as PodRun, "PodRun", shown);
}

/** What is thrown to end a log that is whole. */
const whole = new Error("the log is whole");

/** The log as it was written, but for bytes that are not UTF-8. */
async function* bytesOf(
  { resource, name, container, as }: LoggedContainer,
  request: RequestInfo,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const { impersonate, token } = as;
  const lines = logs(resource, {
    impersonate,
    token,
    signal,
    fieldSelector: { "metadata.name": name },
    follow: true,
    containers: (one) => one.container === container,
    // What it throws ends the log behind the lines that came before.
    onEvent(event) {
      if (event.type === "ended") throw whole;
      if (event.type === "gap")
        throw new ConnectionError(`LinesMissing: the log of ${container} did not come whole: ${event.why}`, {
          request,
        });
    },
  });
  try {
    for await (const { line } of lines) yield encoder.encode(`${line}\n`);
  } catch (error) {
    if (error !== whole) throw error;
  }
}

async function exitOf(
  { source, name, container, uid, as }: LoggedContainer,
  request: RequestInfo,
  signal: AbortSignal,
): Promise<RunExit> {
  const ends = {
    does: `tell how the container ${container} ended`,
    gone: false,
    stays: true,
    judge: (pod: AnyObject) => {
      if (pod.metadata.uid !== uid) return { why: "another pod has its name now", final: true };
      return exitCodeOf(pod, container) === undefined ? { why: "it runs", final: false } : undefined;
    },
  };
  const { impersonate, token } = as;
  try {
    const pod = await awaitGoal(source, name, ends, { impersonate, token, signal, timeoutMs: Infinity });
    return { exitCode: exitCodeOf(pod as AnyObject, container) as number };
  } catch (error) {
    if (!(error instanceof WaitError)) throw error;
    throw new ConnectionError(`NoExitStatus: the container ${container} cannot be asked any more: ${error.why}`, {
      request,
      cause: error,
    });
  }
}
