import { InputError } from "../errors/input-error.ts";
import type { ShownFields } from "../inspection/shown-as.ts";
import { apiVersionOf, lateNamespace, resourcePath } from "../request/path.ts";
import { asText } from "../request/text.ts";
import type { RequestParts } from "../transport/request-parts.ts";
import type { ApiRequest, HeaderLists } from "../transport/transport.ts";
import type { Replay } from "../types/http.ts";
import type { Representation } from "../codec/codec.ts";
import { acceptJson } from "../codec/json/asking.ts";
import type { Proposal } from "../codec/proposal.ts";
import type { ResourceDescriptor, SubresourceDescriptor } from "../types/descriptor.ts";
import type { Wanted } from "../types/wanted.ts";
import type { AnyObject } from "./any-object.ts";
import type { CallContext } from "./call.ts";
import { known } from "./connection-namespace.ts";

/** What a verb works on: a resource, or one subresource of it, in a namespace or across all. */
export interface Target {
  readonly context: CallContext;
  readonly resource: ResourceDescriptor;
  readonly namespace?: string | typeof lateNamespace | undefined;
  readonly subresource?: string | undefined;
  /** True for objects reduced to their metadata. */
  readonly metadataOnly?: boolean | undefined;
}

/** What a verb says of its request; the target adds the path. */
export interface VerbRequest {
  readonly verb: string;
  readonly method: ApiRequest["method"];
  /** Left out for the collection. Undefined is an error: a name that was meant must not turn into all objects. */
  readonly name?: string;
  readonly query: string;
  /** Default: the object itself as JSON, or its metadata where the target says so. */
  readonly headers?: HeaderLists | undefined;
  /** Default: `safe` for reads, else `refused`. */
  readonly replay?: Replay | undefined;
}

/** How a collection is read, other than as a client does. */
export interface Reading {
  /** Default: everything. */
  readonly wanted?: Wanted | undefined;
  /** Default: as for every read. */
  readonly replay?: Replay | undefined;
  /** Called when the headers of a watch are there. */
  readonly opened?: (() => void) | undefined;
}

/** The same target in one namespace, by default the connection's. @throws InputError for what no namespace holds */
export function inNamespaceOf(target: Target, given?: string): Target {
  const { context, resource } = target;
  const namespace = given === undefined ? (context.namespace.known ?? lateNamespace) : asText(given, "namespace");
  if (!resource.namespaced)
    throw new InputError("namespace", `${resource.plural} live outside namespaces; leave out .in()`);
  if (namespace === "")
    throw new InputError("namespace", "it is empty; without .in() the call is across all namespaces");
  return { ...target, namespace };
}

/** The namespace of a target, undefined across all. @throws InputError while a connection's is not known */
export function namespaceOf({ context, namespace }: Target): string | undefined {
  return namespace === lateNamespace ? known(context.namespace) : namespace;
}

/** What is shown of a target. */
export function shownOf({ context, resource, namespace, subresource, metadataOnly }: Target): ShownFields {
  return {
    apiVersion: apiVersionOf(resource),
    plural: resource.plural,
    subresource,
    namespace: namespace === lateNamespace ? context.namespace.known : namespace,
    metadataOnly,
  };
}

/** A kind of meta.k8s.io/v1, which shows objects of any kind in another shape. */
export function metaKind(kind: "Table" | "PartialObjectMetadata" | "PartialObjectMetadataList"): Representation {
  return { group: "meta.k8s.io", version: "v1", kind };
}

/** The request of a verb. Refuses verbs that the resource lacks, and named verbs across namespaces. */
export function requestParts(target: Target, request: VerbRequest): RequestParts {
  const { resource, namespace, subresource } = target;
  const { verb, method, name, query } = request;
  checkVerb(target, verb);
  if ("name" in request) asText(name, "name");
  const headers = request.headers ?? acceptJson(shapeOf(target, verb));
  return {
    verb,
    method,
    path: resourcePath(resource, namespace, name, subresource),
    query,
    headers,
    body: undefined,
    replay: request.replay ?? (method === "GET" ? "safe" : "refused"),
  };
}

/** What the target's objects are shown as; undefined for themselves. */
function shapeOf({ metadataOnly }: Target, verb: string): Representation | undefined {
  if (metadataOnly !== true) return undefined;
  return metaKind(verb === "list" ? "PartialObjectMetadataList" : "PartialObjectMetadata");
}

/** How a read of the target is tried before it is made as JSON, as {@link requestParts} has it. */
export function readProposal(target: Target, verb: "get" | "list" | "watch"): Proposal | undefined {
  const { context, resource } = target;
  return context.negotiation.reading(resource, verb, shapeOf(target, verb));
}

/** The kind behind the target's path: the resource's own, or its subresource's. */
export function kindOf({ resource, subresource }: Target): ResourceDescriptor | SubresourceDescriptor {
  return (subresource === undefined ? undefined : resource.subresources?.[subresource]) ?? resource;
}

/** Gives an item of a list what lists leave out because all items share it. */
export function filling({ resource, metadataOnly }: Target): (item: AnyObject) => AnyObject {
  const apiVersion = metadataOnly ? "meta.k8s.io/v1" : apiVersionOf(resource);
  const kind = metadataOnly ? "PartialObjectMetadata" : resource.kind;
  return (item) => {
    item.apiVersion ??= apiVersion;
    item.kind ??= kind;
    return item;
  };
}

function checkVerb(target: Target, verb: string): void {
  const { resource, subresource } = target;
  const { verbs } = kindOf(target);
  const what = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  const apiVerb = verb === "apply" ? "patch" : verb;
  if (verbs !== undefined && !(verbs as readonly string[]).includes(apiVerb)) {
    throw new InputError("verb", `${what} in ${apiVersionOf(resource)} cannot ${verb}; it can ${verbs.join(", ")}`);
  }
  if (verb !== "list" && verb !== "watch") checkInNamespace(target, verb);
}

/** @throws InputError for a named object across all namespaces */
export function checkInNamespace({ resource, namespace, subresource }: Target, verb: string): void {
  if (!resource.namespaced || namespace !== undefined) return;
  const what = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  throw new InputError("namespace", `${what} are namespaced; call .in(namespace) before ${verb}`);
}
