import { InputError } from "../errors/input-error.ts";
import { apiVersionOf } from "../request/path.ts";
import type { Deadline } from "../time/deadline.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import { createResends } from "../transport/resends.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { PodStreamOptions } from "../types/pod-run.ts";
import { placed, requestOf } from "./call.ts";
import { requestParts, type Target } from "./target.ts";
import { upgradeRefused } from "./upgrade-refused.ts";

/** An upgrade of a named object's subresource. */
export interface Upgrade {
  readonly subresource: string;
  readonly query: string;
  /** The subprotocols to offer, the best first. */
  readonly offered: readonly string[];
}

/** What the server has accepted, and the request that asked for it. */
export interface Accepted {
  readonly socket: MessageSocket;
  readonly request: ApiRequest;
}

// Of connections the API server has nothing in JSON, but for refusals, which are anyway: it answers 406.
const accept = { accept: ["*/*"] };

/** Opens a connection of messages; what the server answers instead is thrown as a StatusError. Sent once: what it runs must not run twice. */
export async function openSocket(
  target: Target,
  name: string,
  { subresource, query, offered }: Upgrade,
  options: PodStreamOptions,
  deadline: Deadline,
): Promise<Accepted> {
  const { context } = target;
  canConnect(target, subresource);
  const parts = requestParts(
    { ...target, subresource },
    { verb: "get", method: "GET", name, query, headers: accept, replay: "refused" },
  );
  const { stallTimeoutMs } = options;
  const upgrade = await placed(context, { ...parts, upgrade: offered, stallTimeoutMs }, deadline);
  const request = requestOf(upgrade, options, deadline, createResends(upgrade, context.resendBudget), true);
  const response = await context.ask(request);
  const { socket } = response;
  if (socket === undefined) throw await upgradeRefused(context.codecs, response, request);
  return { socket, request };
}

/** @throws InputError for a resource that has no such subresource; a descriptor by hand may leave out what it has */
export function canConnect({ resource }: Target, subresource: string): void {
  if (resource.verbs !== undefined && resource.subresources?.[subresource] === undefined)
    throw new InputError("verb", `${resource.plural} in ${apiVersionOf(resource)} cannot ${subresource}`);
}
