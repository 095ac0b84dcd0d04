import type { AccessRequest } from "../access/access-rules.ts";
import type { User } from "../access/user.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { bool } from "./parameters.ts";

/** What stands below a namespace and is not a resource in it. */
const ofNamespaces = ["status", "finalize"];

const verbs: Readonly<Record<string, string>> = {
  POST: "create",
  GET: "get",
  HEAD: "get",
  PUT: "update",
  PATCH: "patch",
  DELETE: "delete",
};

/**
 * What somebody wants to do by a request, as far as its path says, whether there is such a resource or not. A list or watch that selects
 * one name has that, and a namespace is in itself (k8s.io/apiserver pkg/endpoints/request/requestinfo.go).
 */
export function readAccessRequest({ method, path, query }: ServerRequest, user: User): AccessRequest {
  const [root, ...below] = decoded(path)
    .replaceAll(/^\/+|\/+$/g, "")
    .split("/");
  const group = root === "apis" ? below.shift() : "";
  const version = below.shift();
  const watching = below[0] === "watch" && below.length > 1;
  if (watching) below.shift();
  const [first, ...parts] = below;
  if ((root !== "api" && root !== "apis") || first === undefined) return aboutPath(method, path, user);
  const namespace = first === "namespaces" ? parts[0] : undefined;
  const isWithin = namespace !== undefined && parts.length > 1 && !ofNamespaces.includes(parts[1]!);
  const [resource, ownName, subresource] = isWithin ? parts.slice(1) : [first, ...parts];
  const parameters = new URLSearchParams(query);
  const verb = watching ? "watch" : verbOf(method, ownName, parameters);
  const name = ownName ?? (verb === "list" || verb === "watch" ? selectedName(parameters) : undefined);
  return { user, verb, path, group, version, resource, subresource, namespace, name };
}

function aboutPath(method: string, path: string, user: User): AccessRequest {
  return {
    user,
    verb: method.toLowerCase(),
    path,
    group: undefined,
    version: undefined,
    resource: undefined,
    subresource: undefined,
    namespace: undefined,
    name: undefined,
  };
}

/** What is wrongly encoded is found nowhere, and need not be read. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Empty for a method that no resource takes. */
function verbOf(method: string, name: string | undefined, parameters: URLSearchParams): string {
  const verb = verbs[method] ?? "";
  if (name !== undefined) return verb;
  if (verb === "get") return bool(parameters, "watch") ? "watch" : "list";
  return verb === "delete" ? "deletecollection" : verb;
}

function selectedName(parameters: URLSearchParams): string | undefined {
  return /(?:^|,)metadata\.name==?([^,=]+)(?:,|$)/.exec(parameters.get("fieldSelector") ?? "")?.[1];
}
