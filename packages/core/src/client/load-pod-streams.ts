import type { RequestInfo } from "../errors/kube-error.ts";
import { abortSignal } from "../input/abort-signal.ts";
import { milliseconds } from "../input/milliseconds.ts";
import { startDeadline, type Deadline } from "../time/deadline.ts";
import { loadPiece } from "../transport/load-piece.ts";
import { unlessAborted } from "../time/unless-aborted.ts";
import type { ExecOutput, ExecPromise } from "../types/exec.ts";
import type { CallOptions } from "../types/options.ts";
import type { PodRun } from "../types/pod-run.ts";
import type * as PodStreams from "./pod-streams.ts";
import type { Target } from "./target.ts";

/** Opens a stream of a pod; the call's deadline spans the loading of what does it, and ends with the stream. */
export async function openPodStream<T>(
  target: Target,
  options: CallOptions,
  call: RequestInfo,
  open: (streams: typeof PodStreams, deadline: Deadline) => Promise<T>,
): Promise<T> {
  if (options.signal !== undefined) abortSignal(options.signal, "signal");
  if (options.timeoutMs !== undefined) milliseconds(options.timeoutMs, "timeoutMs");
  const deadline = startDeadline(target.context, options, call);
  try {
    return await open(await unlessAborted(loadPodStreams(), deadline.signal), deadline);
  } catch (error) {
    deadline.end();
    throw error;
  }
}

/** As one piece. */
export function loadPodStreams(): Promise<typeof PodStreams> {
  return loadPiece("PodStreams", () => import("./pod-streams.ts"));
}

/** The promise of a run, with the shortcut to its whole output. */
export function execPromise(starting: Promise<PodRun>, request: RequestInfo): ExecPromise {
  return Object.assign(starting, {
    async output(): Promise<ExecOutput> {
      const run = await starting;
      const { outputOf } = await loadPodStreams();
      return outputOf(run, request);
    },
  });
}
