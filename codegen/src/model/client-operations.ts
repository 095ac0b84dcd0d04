import type { GroupVersionKind } from "../load/openapi.ts";
import type { Connection } from "./connections.ts";
import type { GroupVersion, PatchKinds, Resource, Subresource, Verb } from "./model.ts";
import { collectionPath, objectPath } from "./paths.ts";

/** A method of the generated clients. */
export type ClientVerb =
  | "get"
  | "list"
  | "watch"
  | "log"
  | "attach"
  | "connect"
  | "exec"
  | "proxy"
  | "create"
  | "update"
  | "patch"
  | "apply"
  | "delete"
  | "deleteCollection";

/** One call of a client. */
export interface ClientCall {
  readonly verb: ClientVerb;
  /** Of the body; undefined where there is none. */
  readonly contentType?: string;
  /** What the client itself adds to the query. */
  readonly query?: Readonly<Record<string, string>>;
}

/** An HTTP operation that generated clients perform, with every call that comes down to it. */
export interface ClientOperation {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  /** As OpenAPI writes it: `/apis/apps/v1/namespaces/{namespace}/deployments/{name}`. */
  readonly path: string;
  /** What OpenAPI calls it, `x-kubernetes-action`. */
  readonly action: string;
  readonly resource: Resource;
  readonly kind: GroupVersionKind;
  readonly subresource?: string;
  /** A namespaced resource across all namespaces. */
  readonly allNamespaces?: true;
  readonly calls: readonly ClientCall[];
}

const json = "application/json";

/** Every operation that the clients of these group-versions perform, as discovery says it. */
export function clientOperations(groupVersions: readonly GroupVersion[]): ClientOperation[] {
  return groupVersions.flatMap(({ resources }) => resources.flatMap(operationsOfResource));
}

function operationsOfResource(resource: Resource): ClientOperation[] {
  const { kind, verbs, patches, namespaced } = resource;
  const has = (verb: Verb): boolean => verbs.includes(verb);
  const found: ClientOperation[] = [];
  const collection = collectionPath(resource);
  if (has("list")) {
    const calls: ClientCall[] = [{ verb: "list" }];
    if (has("watch")) calls.push({ verb: "watch", query: { watch: "1" } });
    const list = { method: "GET", action: "list", resource, kind, calls } as const;
    found.push({ ...list, path: collection });
    if (namespaced) found.push({ ...list, path: collectionPath(resource, true), allNamespaces: true });
  }
  if (has("create")) {
    const calls = [{ verb: "create", contentType: json }] as const;
    found.push({ method: "POST", path: collection, action: "post", resource, kind, calls });
  }
  if (has("deletecollection")) {
    const calls = [{ verb: "deleteCollection", contentType: json }] as const;
    found.push({ method: "DELETE", path: collection, action: "deletecollection", resource, kind, calls });
  }
  found.push(...ofObject(resource, undefined, { kind, verbs, patches }));
  for (const subresource of resource.subresources) {
    if (subresource.connection !== undefined)
      found.push(...ofConnection(resource, subresource, subresource.connection));
    else found.push(...ofObject(resource, subresource.name, subresource));
  }
  return found;
}

/** An upgrade to WebSocket begins as a GET; a proxied request has any method, and a path of its own. */
function ofConnection(
  resource: Resource,
  { name: subresource, kind }: Subresource,
  { verb }: Connection,
): ClientOperation[] {
  const path = objectPath(resource, subresource);
  const operation = { action: "connect", resource, kind, subresource, calls: [{ verb }] } as const;
  if (verb !== "proxy") return [{ ...operation, method: "GET", path }];
  return proxiedMethods.map((method) => ({ ...operation, method, path: `${path}/{path}` }));
}

const proxiedMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

interface Able {
  readonly kind: GroupVersionKind;
  readonly verbs: readonly Verb[];
  readonly patches: PatchKinds;
}

function ofObject(
  resource: Resource,
  subresource: string | undefined,
  { kind, verbs, patches }: Able,
): ClientOperation[] {
  const path = objectPath(resource, subresource);
  const what = { path, resource, kind, ...(subresource === undefined ? {} : { subresource }) };
  const found: ClientOperation[] = [];
  for (const verb of verbs) {
    if (verb === "get") {
      const call: ClientVerb = subresource === "log" ? "log" : "get";
      found.push({ ...what, method: "GET", action: "get", calls: [{ verb: call }] });
    } else if (verb === "update") {
      found.push({ ...what, method: "PUT", action: "put", calls: [{ verb: "update", contentType: json }] });
    } else if (verb === "patch") {
      found.push({ ...what, method: "PATCH", action: "patch", calls: patchCalls(patches) });
    } else if (verb === "delete") {
      found.push({ ...what, method: "DELETE", action: "delete", calls: [{ verb: "delete", contentType: json }] });
    } else if (verb === "create" && subresource !== undefined) {
      found.push({ ...what, method: "POST", action: "post", calls: [{ verb: "create", contentType: json }] });
    }
  }
  return found;
}

function patchCalls({ strategic, apply }: PatchKinds): ClientCall[] {
  return [
    { verb: "patch", contentType: "application/json-patch+json" },
    { verb: "patch", contentType: "application/merge-patch+json" },
    ...(strategic ? [{ verb: "patch", contentType: "application/strategic-merge-patch+json" } as const] : []),
    ...(apply ? [{ verb: "apply", contentType: "application/apply-patch+yaml" } as const] : []),
  ];
}
