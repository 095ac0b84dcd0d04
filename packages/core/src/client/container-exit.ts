import { isNotFound } from "../errors/guards.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { pause } from "../time/pause.ts";
import type { CallOptions } from "../types/options.ts";
import type { RunExit } from "../types/pod-run.ts";
import { type ContainerStatus, type PodParts, readPod, statusOf, type Terminated } from "./pod-containers.ts";
import type { Target } from "./target.ts";

/** Which container's end is asked for. */
export interface JoinedContainer {
  readonly target: Target;
  readonly name: string;
  readonly container: string;
  /** Those of the session, whose identity asks. */
  readonly options: CallOptions;
  readonly request: RequestInfo;
  /** The pod as it was before the session. */
  readonly before: PodParts;
}

/** What the pod said: the code, or why there is none; then `final` where there will never be one. */
type Found = RunExit | { readonly why: string; readonly cause?: unknown; readonly final: boolean };

/** How long a kubelet may take to tell that a container has ended. It looks once a second. */
const patienceMs = 10_000;

const pausesMs = [50, 100, 200, 400] as const;
const laterPauseMs = 500;

/** Asks the pod's status for the exit code of what a session had joined and seen the end of. */
export async function exitOfContainer(joined: JoinedContainer, signal: AbortSignal): Promise<RunExit> {
  const { clock } = joined.target.context;
  const endsAt = clock.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    const found = await look(joined, signal, endsAt - clock.now());
    if ("exitCode" in found) return found;
    const waitMs = pausesMs[attempt] ?? laterPauseMs;
    if (found.final || clock.now() + waitMs >= endsAt) {
      const message = `NoExitStatus: the session ended in order, but ${found.why}`;
      throw new ConnectionError(message, { request: joined.request, cause: found.cause });
    }
    await pause(clock, waitMs, signal);
  }
}

async function look(
  { target, name, container, options, before }: JoinedContainer,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Found> {
  try {
    const pod = await readPod(target, name, options, signal, timeoutMs);
    if (pod.metadata.uid !== before.metadata.uid)
      return { why: "another pod has taken the place of the pod since", final: true };
    const exitCode = codeOf(statusOf(pod, container), statusOf(before, container));
    if (exitCode !== undefined) return { exitCode };
    const why = `the pod did not say within ${patienceMs} ms how the container ${container} had ended; it may still run`;
    return { why, final: false };
  } catch (cause) {
    signal.throwIfAborted();
    if (isNotFound(cause)) return { why: "the pod is gone", cause, final: true };
    return { why: `the pod could not be read within ${patienceMs} ms, to see how`, cause, final: false };
  }
}

/** The code of the run that was there before the session, or of the first since then. A container may have been started anew already. */
function codeOf(now: ContainerStatus | undefined, before: ContainerStatus | undefined): number | undefined {
  const id = before?.state?.running === undefined ? undefined : before.containerID;
  const past = endedRuns(before).map(({ containerID }) => containerID);
  const isIt = ({ containerID }: Terminated): boolean =>
    id === undefined ? containerID === undefined || !past.includes(containerID) : containerID === id;
  return endedRuns(now).find(isIt)?.exitCode;
}

/** The newest first. */
function endedRuns(status: ContainerStatus | undefined): Terminated[] {
  return [status?.state?.terminated, status?.lastState?.terminated].filter((run) => run !== undefined);
}
