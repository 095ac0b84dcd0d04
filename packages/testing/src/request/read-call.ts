import { methodNotAllowed, noSuchMethod, noSuchResource } from "../exchange/refusal.ts";
import { deprecationOf } from "../knowledge/deprecations.ts";
import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";
import type { Served } from "../knowledge/served.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import type { Call, CallVerb } from "./call.ts";
import { bool } from "./parameters.ts";

/** The parts of a path below a group-version (k8s.io/apiserver pkg/endpoints/request/requestinfo.go). */
interface PathParts {
  readonly group: string;
  readonly version: string;
  /** Whether `watch` stands before the resource. */
  readonly watching: boolean;
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly rest: readonly string[];
}

/** Who asks, of what, and where warnings go. */
export interface Caller extends Pick<Call, "user" | "warn"> {
  readonly served: Served;
}

/** What a request asks; undefined for one that is not about resources. @throws Refusal for a resource or verb that does not exist */
export function readCall(request: ServerRequest, { served, user, warn }: Caller): Call | undefined {
  const parts = readPath(request.path);
  if (parts === undefined) return undefined;
  const resource = served.find(parts.group, parts.version, parts.plural);
  if (resource === undefined) {
    if (served.hasGroup(parts.group)) throw noSuchResource();
    return undefined;
  }
  const subresource = resource.subresources.find(({ name }) => name === parts.subresource);
  if (!isServed(parts, resource, subresource)) throw noSuchResource();
  const query = new URLSearchParams(request.query);
  const verb = verbOf(request.method, parts, query);
  const verbs = verbsOf(parts, resource, subresource);
  // Lists have one path with watches, which then say themselves that there are none.
  const cannotWatch = verb === "watch" && verbs.includes("list") && !verbs.includes("watch");
  if (verb === undefined || !(verbs.includes(verb) || cannotWatch)) throw noSuchMethod();
  const deprecation = deprecationOf(resource);
  if (deprecation !== undefined) warn(deprecation);
  if (cannotWatch) throw methodNotAllowed({ group: resource.group, name: resource.plural }, verb);
  const { namespace, name } = parts;
  return { user, verb, resource, namespace, name, subresource, query, request, warn };
}

function readPath(path: string): PathParts | undefined {
  const [, root, ...below] = decodeURIComponent(path).replace(/\/+$/, "").split("/");
  let group = "";
  if (root === "apis") group = below.shift() ?? "";
  else if (root !== "api") return undefined;
  const version = below.shift();
  // `watch/pods` is the older way of `pods?watch=true`.
  const watching = below[0] === "watch";
  if (watching) below.shift();
  if (version === undefined || below[0] === undefined || (root === "apis" && group === "")) return undefined;
  let namespace: string | undefined;
  // `namespaces/x/pods` are the pods of x, `namespaces/x` and `namespaces/x/status` the namespace itself.
  if (below[0] === "namespaces" && below.length > 2 && !["status", "finalize"].includes(below[2] ?? "")) {
    namespace = below[1] === "" ? undefined : below[1];
    below.splice(0, 2);
  }
  const [plural = "", name, subresource, ...rest] = below;
  return { group, version, watching, namespace, plural, name, subresource, rest };
}

/** Whether there is anything at a path of a resource, whatever may be done there. */
function isServed(parts: PathParts, resource: ResourceInfo, subresource: SubresourceInfo | undefined): boolean {
  const { namespace, name, rest } = parts;
  if (namespace !== undefined && !resource.namespaced) return false;
  const isAcross = namespace === undefined && resource.namespaced;
  if (parts.subresource !== undefined)
    return subresource !== undefined && !isAcross && (rest.length === 0 || subresource.name === "proxy");
  if (name !== undefined && isAcross) return false;
  const verbs = name !== undefined ? ofOne : isAcross ? acrossNamespaces : ofMany;
  return resource.verbs.some((verb) => verbs.includes(verb));
}

function verbsOf(
  { namespace, name, watching }: PathParts,
  resource: ResourceInfo,
  subresource: SubresourceInfo | undefined,
): readonly string[] {
  if (subresource !== undefined) return subresource.verbs;
  const isAcross = namespace === undefined && resource.namespaced;
  const verbs = watching ? ["watch"] : name !== undefined ? ofOne : isAcross ? acrossNamespaces : ofMany;
  return resource.verbs.filter((verb) => verbs.includes(verb));
}

const ofOne: readonly string[] = ["get", "update", "patch", "delete"];
const ofMany: readonly string[] = ["list", "watch", "create", "deletecollection"];
const acrossNamespaces: readonly string[] = ["list", "watch"];

function verbOf(method: string, parts: PathParts, query: URLSearchParams): CallVerb | undefined {
  const { name, watching, subresource } = parts;
  // What is proxied takes every method.
  if (subresource === "proxy" && (method === "HEAD" || method === "OPTIONS")) return "get";
  switch (method) {
    case "GET":
      if (watching) return "watch";
      if (name !== undefined) return "get";
      return bool(query, "watch") ? "watch" : "list";
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return name === undefined ? "deletecollection" : "delete";
    default:
      return undefined;
  }
}
