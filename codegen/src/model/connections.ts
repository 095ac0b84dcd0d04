import type { GroupVersionKind } from "../load/openapi.ts";
import type { ClientVerb } from "./client-operations.ts";

/** A connect-style subresource that clients have a method for. */
export interface Connection {
  /** The interface of core that has the method. */
  readonly capability: string;
  readonly verb: ClientVerb;
}

/** By the kind of the options and the path segment; the others are tunnels that only `cluster.request()` reaches. */
const connections: Readonly<Record<string, Connection & { readonly subresource: string }>> = {
  NodeProxyOptions: { subresource: "proxy", capability: "Proxies", verb: "proxy" },
  PodAttachOptions: { subresource: "attach", capability: "Attaches", verb: "attach" },
  PodExecOptions: { subresource: "exec", capability: "Execs", verb: "exec" },
  PodPortForwardOptions: { subresource: "portforward", capability: "Connects", verb: "connect" },
  PodProxyOptions: { subresource: "proxy", capability: "Proxies", verb: "proxy" },
  ServiceProxyOptions: { subresource: "proxy", capability: "Proxies", verb: "proxy" },
};

/** What clients have for it; undefined for nothing. */
export function connectionOf(subresource: string, kind: GroupVersionKind | undefined): Connection | undefined {
  const found = kind?.group === "" ? connections[kind.kind] : undefined;
  return found?.subresource === subresource ? found : undefined;
}
