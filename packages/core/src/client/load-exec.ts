import { ConfigError } from "../errors/config-errors.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { abortSignal } from "../input/abort-signal.ts";
import { milliseconds } from "../input/milliseconds.ts";
import { startDeadline } from "../time/deadline.ts";
import { unlessAborted } from "../time/unless-aborted.ts";
import type { ExecOptions, ExecOutput, ExecPromise, ExecRun } from "../types/exec.ts";
import type * as Exec from "./exec.ts";
import type { Target } from "./target.ts";

/** Runs a command; the call's deadline spans the loading of what does it. */
export async function startExec(
  target: Target,
  name: string,
  options: ExecOptions,
  call: RequestInfo,
): Promise<ExecRun> {
  if (options.signal !== undefined) abortSignal(options.signal, "signal");
  if (options.timeoutMs !== undefined) milliseconds(options.timeoutMs, "timeoutMs");
  const deadline = startDeadline(target.context, options, call);
  try {
    const { exec } = await unlessAborted(loadExec(), deadline.signal);
    return await exec(target, name, options, deadline);
  } catch (error) {
    deadline.end();
    throw error;
  }
}

/** Running commands is heavy and rare: it loads when it is first used. */
async function loadExec(): Promise<typeof Exec> {
  try {
    return await import("./exec.ts");
  } catch (cause) {
    throw new ConfigError("Exec: the code of it could not be loaded; check that a page can fetch it", { cause });
  }
}

/** The promise of a run, with the shortcut to its whole output. */
export function execPromise(starting: Promise<ExecRun>, request: RequestInfo): ExecPromise {
  return Object.assign(starting, {
    async output(): Promise<ExecOutput> {
      const run = await starting;
      const { outputOf } = await loadExec();
      return outputOf(run, request);
    },
  });
}
