import { Refusal } from "./refusal.ts";
import { isSet, type Query } from "./read-query.ts";

/** What of the API a request is for, as the API server's own authorizer sees it. */
export interface ResourceTarget {
  /** Such as `list`. */
  readonly verb: ResourceVerb;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Such as `pods`. */
  readonly resource: string;
  /** Such as `log`. */
  readonly subresource: string | undefined;
  /** Undefined for what has none, and across all. */
  readonly namespace: string | undefined;
  /** Undefined for a collection. */
  readonly name: string | undefined;
}

/** What can be done with a resource. */
export type ResourceVerb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection";

/** How a request may ask. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

const verbs: Readonly<Record<Method, ResourceVerb>> = {
  GET: "get",
  HEAD: "get",
  POST: "create",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

/**
 * What a request is for; undefined for one that is about no resource, such as `/version`. Follows the API server's RequestInfo
 * (k8s.io/apiserver pkg/endpoints/request/requestinfo.go), and refuses what that reads in ways of old.
 */
export function targetOf(method: Method, segments: readonly string[], query: Query): ResourceTarget | undefined {
  const [root, ...parts] = segments;
  const isCore = root === "api";
  if (!isCore && root !== "apis") return undefined;
  if (parts.length < (isCore ? 2 : 3)) return undefined;
  const group = isCore ? "" : parts.shift()!;
  const version = parts.shift()!;
  if (parts[0] === "watch" || parts[0] === "proxy")
    throw new Refusal(400, `Invalid path: /${parts[0]}/ before a resource is not relayed; use ?watch=true for a watch`);
  const { namespace, resource, name, subresource, rest } = placeOf(parts);
  for (const word of [
    ...(isCore ? [] : [group]),
    version,
    resource,
    ...(subresource === undefined ? [] : [subresource]),
  ])
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(word)) throw new Refusal(400, "Invalid path: it names no resource");
  if (rest.length > 0 && subresource !== "proxy")
    throw new Refusal(400, "Invalid path: nothing lies below that subresource");
  return { verb: verbOf(verbs[method], name, query), group, version, resource, subresource, namespace, name };
}

/** Subresources that are parts of their objects, or texts: no connections. */
export const plainSubresources: readonly string[] = ["status", "scale", "log"];

/** Whether it may be what one connects to: only subresources are. */
export function isConnect(target: ResourceTarget | undefined): boolean {
  const { name, subresource } = target ?? {};
  return name !== undefined && subresource !== undefined && !plainSubresources.includes(subresource);
}

/** Subresources of namespaces themselves: `namespaces/x/status` is no resource in x. */
const ofNamespaces: readonly (string | undefined)[] = ["status", "finalize"];

function placeOf(parts: readonly string[]): Pick<ResourceTarget, "namespace" | "name" | "subresource"> & {
  readonly resource: string;
  readonly rest: readonly string[];
} {
  const namespace = parts[0] === "namespaces" ? parts[1] : undefined;
  const isWithin = namespace !== undefined && parts.length > 2 && !ofNamespaces.includes(parts[2]);
  const [resource, name, subresource, ...rest] = isWithin ? parts.slice(2) : parts;
  return { namespace, resource: resource!, name, subresource, rest };
}

function verbOf(verb: ResourceVerb, name: string | undefined, query: Query): ResourceVerb {
  if (name !== undefined) return verb;
  if (verb === "get") return isSet(query, "watch") ? "watch" : "list";
  return verb === "delete" ? "deletecollection" : verb;
}
