import { InputError } from "../errors/input-error.ts";
import { sessionProtocols } from "../exec/channels.ts";
import { queryOf } from "../request/query.ts";
import { runQuery, runRules, runStreams } from "../request/rules/run-rules.ts";
import type { Deadline } from "../time/deadline.ts";
import type { AttachOptions } from "../types/attach.ts";
import type { PodRun, RunExit } from "../types/pod-run.ts";
import { exitOfContainer } from "./container-exit.ts";
import { canConnect, openSocket } from "./open-socket.ts";
import { annotatedContainer, containersOf, type PodContainer, type PodParts, readPod } from "./pod-containers.ts";
import { runOf } from "./run-of.ts";
import type { Target } from "./target.ts";

const subresource = "attach";

/** Joins what a container runs, and settles when the server has accepted it. The deadline ends with the run. */
export async function attach(
  target: Target,
  name: string,
  options: AttachOptions,
  deadline: Deadline,
): Promise<PodRun> {
  queryOf(runRules, options);
  canConnect(target, subresource);
  // What needs no pod is found before it is read; it is a terminal at least where one is asked for.
  runStreams(options, options.tty !== undefined);
  const pod = await readPod(target, name, options, deadline.signal);
  const container = chosen(pod, options.container);
  const hasTerminal = container.tty === true;
  suits(container, options);
  const streams = runStreams(options, hasTerminal);
  // Elsewhere the runtime keeps the container's input open, and containerd would take the end for a wish to leave.
  const endsInput = container.stdinOnce === true && !hasTerminal;
  const offered = sessionProtocols(streams.stdin, endsInput);
  const query = runQuery("", container.name, streams, hasTerminal);
  const accepted = await openSocket(target, name, { subresource, query, offered }, options, deadline);
  const joined = { target, name, container: container.name, options, request: accepted.request, before: pod };
  const exitOf = (signal: AbortSignal): Promise<RunExit> => exitOfContainer(joined, signal);
  return runOf(target, accepted, options, deadline, { ...streams, endsInput, hasTerminal, exitOf });
}

function chosen(pod: PodParts, given: string | undefined): PodContainer {
  const all = containersOf(pod);
  const names = all.map(({ name }) => name).join(", ");
  const annotated = annotatedContainer(pod);
  const wanted = given ?? annotated;
  const found =
    wanted !== undefined
      ? all.find(({ name }) => name === wanted)
      : pod.spec?.containers?.length === 1
        ? pod.spec.containers[0]
        : undefined;
  if (found !== undefined) return found;
  if (given !== undefined) throw new InputError("container", `the pod has none of this name; it has ${names}`);
  const none = annotated === undefined ? "the pod has several" : "the pod's annotation names one that it does not have";
  throw new InputError("container", `${none}; pass one of ${names}`);
}

/** Whether the container has what is asked for: the server would drop it without a word. */
function suits({ name, stdin, tty }: PodContainer, options: AttachOptions): void {
  if (options.stdin !== undefined && stdin !== true)
    throw new InputError(
      "stdin",
      `the container ${name} reads no input; leave it out, or give the container stdin: true`,
    );
  if (options.tty !== undefined && tty !== true)
    throw new InputError("tty", `the container ${name} has no terminal; leave it out, or give the container tty: true`);
}
