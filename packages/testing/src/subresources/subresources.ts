import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { evict } from "./eviction.ts";
import { podLog } from "./pod-log.ts";
import { podPorts, podProgram } from "./pod-sessions.ts";
import { nodeProxy, podProxy, serviceProxy } from "./proxied.ts";
import { scale } from "./scale.ts";
import { bindPod } from "../verbs/bind-pod.ts";
import { tokenRequest } from "./token-request.ts";
import type { Outcome } from "../verbs/outcome.ts";

/** Does what a subresource does that is not written as an object of its resource. @throws Refusal */
export type Subresource = (call: Call, state: ServerState) => Promise<Outcome> | Outcome;

/** By name, and where a name means different things, by resource and name: `serviceaccounts/token`. */
const subresources: Readonly<Record<string, Subresource>> = {
  attach: podProgram,
  binding: bindPod,
  eviction: evict,
  exec: podProgram,
  log: podLog,
  portforward: podPorts,
  scale,
  "nodes/proxy": nodeProxy,
  "pods/proxy": podProxy,
  "services/proxy": serviceProxy,
  "serviceaccounts/token": tokenRequest,
};

/** What is behind a subresource; undefined for one that is written as an object of its resource, such as `status`. */
export function subresourceOf({ resource, subresource }: Call): Subresource | undefined {
  if (subresource === undefined) return undefined;
  return subresources[`${resource.plural}/${subresource.name}`] ?? subresources[subresource.name];
}
