import { sessionProtocols } from "../exec/channels.ts";
import { isStatusError } from "../errors/guards.ts";
import { commandQuery } from "../request/rules/exec-rules.ts";
import { runQuery, runStreams } from "../request/rules/run-rules.ts";
import type { Deadline } from "../time/deadline.ts";
import type { ExecOptions } from "../types/exec.ts";
import type { PodRun } from "../types/pod-run.ts";
import { openSocket, type Accepted } from "./open-socket.ts";
import { annotatedContainer, readPod } from "./pod-containers.ts";
import { runOf } from "./run-of.ts";
import type { Target } from "./target.ts";

/** Runs a command, and settles when the server has accepted it. The deadline ends with the run. */
export async function exec(target: Target, name: string, options: ExecOptions, deadline: Deadline): Promise<PodRun> {
  const own = commandQuery(options);
  const hasTerminal = options.tty !== undefined;
  const streams = runStreams(options, hasTerminal);
  const offered = sessionProtocols(streams.stdin, !hasTerminal);
  const open = (container: string | undefined): Promise<Accepted> => {
    const query = runQuery(own, container, streams, hasTerminal);
    return openSocket(target, name, { subresource: "exec", query, offered }, options, deadline);
  };
  const accepted = await inContainer(target, name, options, deadline, open);
  return runOf(target, accepted, options, deadline, { ...streams, endsInput: true, hasTerminal });
}

async function inContainer(
  target: Target,
  name: string,
  options: ExecOptions,
  deadline: Deadline,
  open: (container: string | undefined) => Promise<Accepted>,
): Promise<Accepted> {
  try {
    return await open(options.container);
  } catch (error) {
    if (options.container !== undefined || !wantsContainer(error)) throw error;
    const container = await containerOf(target, name, options, deadline);
    if (container === undefined) throw error;
    return open(container);
  }
}

/** k8s.io/kubernetes pkg/registry/core/pod, validateContainer: several containers, and none was named. */
function wantsContainer(error: unknown): boolean {
  return isStatusError(error) && error.statusCode === 400 && /a container name must be specified/.test(error.message);
}

/** The container that the pod's annotation names; undefined without, and where the pod may not be read. */
async function containerOf(
  target: Target,
  name: string,
  options: ExecOptions,
  { signal }: Deadline,
): Promise<string | undefined> {
  try {
    return annotatedContainer(await readPod(target, name, options, signal));
  } catch {
    // The server's first word says more: it lists the containers.
    signal.throwIfAborted();
    return undefined;
  }
}
