import {
  type Cluster,
  type DynamicResource,
  InputError,
  type ResourceView,
  type Stream,
  StatusError,
} from "@kubewright/core";
import { relay, type RelayEvent } from "@kubewright/runtime/relay";
import type { Watched } from "../events/watches.ts";

const collection = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(?:namespaces\/([^/]+)\/)?([^/]+)$/;

/** Follows what a path stands for. @throws StatusError, as the API server's, where nothing can be watched there */
export async function relayWatched(
  cluster: Cluster,
  watched: Watched,
  signal: AbortSignal,
): Promise<Stream<RelayEvent>> {
  const { path, query, resourceVersion, metadataOnly } = watched;
  const [, group, version = "", namespace, plural = ""] = (collection.exec(path) ?? []).map(decoded);
  const found = await servedAs(cluster, plural, group === undefined ? version : `${version}.${group}`);
  const placed = namespace === undefined ? found : found.in(namespace);
  const resource: ResourceView = metadataOnly === true ? placed.metadata : placed;
  const parameters = new URLSearchParams(query);
  try {
    return relay(resource, {
      labelSelector: parameters.get("labelSelector") ?? undefined,
      fieldSelector: parameters.get("fieldSelector") ?? undefined,
      resourceVersion,
      signal,
    });
  } catch (error) {
    throw error instanceof InputError ? refusal(405, "MethodNotAllowed", error.message) : error;
  }
}

async function servedAs(cluster: Cluster, plural: string, place: string): Promise<DynamicResource> {
  try {
    const found = await cluster.find(`${plural}.${place}`);
    if (found.resource.plural === plural) return found;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw refusal(404, "NotFound", error.message);
  }
  throw refusal(404, "NotFound", `the server has no ${plural}`);
}

function decoded(part: string | undefined): string | undefined {
  return part === undefined ? undefined : decodeURIComponent(part);
}

function refusal(code: number, reason: string, message: string): StatusError {
  return new StatusError(
    { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason, code },
    code,
  );
}
