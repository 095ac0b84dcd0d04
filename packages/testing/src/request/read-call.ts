import { methodNotAllowed, noSuchMethod, noSuchResource } from "../exchange/refusal.ts";
import { deprecationOf } from "../knowledge/deprecations.ts";
import type { Served } from "../knowledge/served.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import type { Call, CallVerb } from "./call.ts";
import { bool } from "./parameters.ts";

/** The parts of a path below a group-version (k8s.io/apiserver pkg/endpoints/request/requestinfo.go). */
interface PathParts {
  readonly group: string;
  readonly version: string;
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly rest: readonly string[];
  /** Whether `watch` stands before them, which is how watches were asked for before there was the parameter. */
  readonly watching: boolean;
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
    if (served.hasVersion(parts.group, parts.version)) throw noSuchResource();
    return undefined;
  }
  if (parts.namespace !== undefined && !resource.namespaced) throw noSuchResource();
  if (parts.namespace === undefined && resource.namespaced && parts.name !== undefined) throw noSuchResource();
  const subresource = resource.subresources.find(({ name }) => name === parts.subresource);
  if (parts.subresource !== undefined && subresource === undefined) throw noSuchResource();
  // What only takes what it answers at once has no objects with names.
  const nameless = !ofObject.some((verb) => resource.verbs.includes(verb));
  if (parts.name !== undefined && parts.subresource === undefined && nameless) throw noSuchResource();
  const query = new URLSearchParams(request.query);
  const verb = verbOf(request.method, parts, query);
  const verbs = subresource?.verbs ?? resource.verbs;
  const deprecation = deprecationOf(resource);
  if (verb === undefined || !isRoute(verb, parts, resource.namespaced)) throw noSuchMethod();
  if (!verbs.includes(verb)) {
    if (verb !== "watch" || !verbs.includes("list")) throw noSuchMethod();
    if (deprecation !== undefined) warn(deprecation);
    throw methodNotAllowed({ group: resource.group, name: resource.plural }, verb);
  }
  if (deprecation !== undefined) warn(deprecation);
  const { namespace, name } = parts;
  return { user, verb, resource, namespace, name, subresource, query, request, warn };
}

/** Verbs of a collection, and of one object; a subresource takes whatever it lists. */
const ofCollection: readonly CallVerb[] = ["create", "list", "watch", "deletecollection"];
const ofObject: readonly CallVerb[] = ["get", "watch", "update", "patch", "delete"];
/** What is asked of all namespaces at once. */
const ofAllNamespaces: readonly CallVerb[] = ["list", "watch"];

/** Whether the path takes the verb at all (k8s.io/apiserver pkg/endpoints/installer.go). */
function isRoute(verb: CallVerb, { name, namespace, subresource }: PathParts, namespaced: boolean): boolean {
  if (subresource !== undefined) return true;
  if (name !== undefined) return ofObject.includes(verb);
  return (namespaced && namespace === undefined ? ofAllNamespaces : ofCollection).includes(verb);
}

function readPath(path: string): PathParts | undefined {
  const [, root, ...below] = path.split("/").map(decodeURIComponent);
  let group = "";
  if (root === "apis") group = below.shift() ?? "";
  else if (root !== "api") return undefined;
  const version = below.shift();
  if (version === undefined || !below[0] || (root === "apis" && group === "")) return undefined;
  const watching = below[0] === "watch";
  if (watching) below.shift();
  let namespace: string | undefined;
  // `namespaces/x/pods` are the pods of x, `namespaces/x` and `namespaces/x/status` the namespace itself.
  if (below[0] === "namespaces" && below.length > 2 && !["status", "finalize"].includes(below[2] ?? "")) {
    namespace = below[1];
    below.splice(0, 2);
  }
  const [plural = "", name, subresource, ...rest] = below;
  return { group, version, namespace, plural, name, subresource, rest, watching };
}

function verbOf(method: string, { name, watching }: PathParts, query: URLSearchParams): CallVerb | undefined {
  if (watching) return method === "GET" ? "watch" : undefined;
  switch (method) {
    case "GET":
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
