import { createResends } from "../transport/resends.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import { InputError } from "../errors/input-error.ts";
import { apiVersionOf } from "../request/path.ts";
import { isStatusError } from "../errors/guards.ts";
import { subprotocols } from "../exec/channels.ts";
import { startRun } from "../exec/run.ts";
import { execQuery, execStreams, type ExecStreams } from "../request/rules/exec-rules.ts";
import { callOptionsOf } from "../request/rules/rule.ts";
import type { Deadline } from "../time/deadline.ts";
import type { ExecOptions, ExecRun } from "../types/exec.ts";
import { placed, requestOf } from "./call.ts";
import { get } from "./read.ts";
import { requestParts, type Target } from "./target.ts";
import { upgradeRefused } from "./upgrade-refused.ts";

export { outputOf } from "../exec/output-of.ts";

/** kubectl's annotation, which names the container that is meant where none is named. */
const defaultContainer = "kubectl.kubernetes.io/default-container";

// Of this subresource the API server has nothing in JSON, but for refusals, which are anyway: it answers 406.
const accept = { accept: ["*/*"] };

/** Runs a command, and settles when the server has accepted it. The deadline ends with the run. */
export async function exec(target: Target, name: string, options: ExecOptions, deadline: Deadline): Promise<ExecRun> {
  const { clock, closed } = target.context;
  const streams = execStreams(options);
  const { socket, request } = await accepted(target, name, options, streams, deadline);
  deadline.stopClock();
  const { stdin, tty } = options;
  const stoppedBy = [deadline.signal, closed];
  return startRun({ ...streams, socket, request, clock, stdin, tty, stoppedBy, ended: deadline.end });
}

interface Accepted {
  readonly socket: MessageSocket;
  readonly request: ApiRequest;
}

async function accepted(
  target: Target,
  name: string,
  options: ExecOptions,
  streams: ExecStreams,
  deadline: Deadline,
): Promise<Accepted> {
  try {
    return await send(target, execParts(target, name, options, streams), options, deadline);
  } catch (error) {
    if (options.container !== undefined || !wantsContainer(error)) throw error;
    const container = await containerOf(target, name, options, deadline);
    if (container === undefined) throw error;
    return send(target, execParts(target, name, options, streams, container), options, deadline);
  }
}

function execParts(
  target: Target,
  name: string,
  options: ExecOptions,
  streams: ExecStreams,
  container?: string,
): RequestParts {
  const query = execQuery(options, streams, container);
  const { resource } = target;
  // A descriptor by hand may leave out what it has.
  if (resource.verbs !== undefined && resource.subresources?.["exec"] === undefined)
    throw new InputError("verb", `${resource.plural} in ${apiVersionOf(resource)} cannot exec`);
  const subresource = { ...target, subresource: "exec" };
  const parts = requestParts(subresource, {
    verb: "get",
    method: "GET",
    name,
    query,
    headers: accept,
    replay: "refused",
  });
  // Before v5 the end of the input could not be told, and what reads to it would wait for ever.
  const upgrade = streams.stdin && options.tty === undefined ? [subprotocols.v5] : Object.values(subprotocols);
  return { ...parts, upgrade };
}

async function send(
  { context }: Target,
  given: RequestParts,
  options: ExecOptions,
  deadline: Deadline,
): Promise<Accepted> {
  const parts = await placed(context, given, deadline);
  const request = requestOf(parts, options, deadline, createResends(parts, context.resendBudget), true);
  const response = await context.ask(request);
  const { socket } = response;
  if (socket === undefined) throw await upgradeRefused(context.codecs, response, request);
  return { socket, request };
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
  const own = { ...callOptionsOf(options), signal, timeoutMs: Infinity };
  try {
    const { metadata } = await get(target, name, own);
    return metadata?.annotations?.[defaultContainer];
  } catch {
    // The server's first word says more: it lists the containers.
    signal.throwIfAborted();
    return undefined;
  }
}
