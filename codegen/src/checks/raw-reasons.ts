import type { ApiOperation } from "../load/operations.ts";
import { isBuiltIn } from "../model/names.ts";

const upgraded = "clients make it as a GET, as WebSockets begin; a POST is for SPDY, which they replaced";
const rooted = "proxy() asks for the same with a slash at its end, which is the root of what is proxied to";

/** By the kind of a connect-style operation. */
const byKind: Readonly<Record<string, string>> = {
  NodeProxyOptions: rooted,
  PodAttachOptions: upgraded,
  PodExecOptions: upgraded,
  PodPortForwardOptions: upgraded,
  PodProxyOptions: rooted,
  ServiceProxyOptions: rooted,
};

/** By path, for what is not about resources. */
const byPath: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^\/apis?\/(?:[^/]+\/){0,2}$/, "a discovery document; cluster.discovery reads the aggregated ones instead"],
  [/^\/version\/$/, "cluster.version() reads it"],
  [/^\/(?:\.well-known|openid)\//, "says how others verify service account tokens; no API object"],
  [/^\/logs\//, "files of the server's own log folder"],
];

/** Why an operation is left to `cluster.request()`; undefined where it is not, or where nobody has said why yet. */
export function rawReason({ path, operation }: ApiOperation): string | undefined {
  const action = operation["x-kubernetes-action"];
  if (action === "connect") return byKind[operation["x-kubernetes-group-version-kind"]?.kind ?? ""] ?? foreign(path);
  return action === undefined ? byPath.find(([pattern]) => pattern.test(path))?.[1] : undefined;
}

/** What other API servers connect to is theirs to say; a new one of Kubernetes itself wants to be looked at. */
function foreign(path: string): string | undefined {
  const group = /^\/apis\/([^/]+)\//.exec(path)?.[1];
  return group === undefined || isBuiltIn(group) ? undefined : "a connection that another API server defines";
}
