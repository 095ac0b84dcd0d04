import { type Cluster, InputError, type ResourceView } from "@kubewright/core";
import type { RelayOptions } from "@kubewright/runtime/relay";
import type { Watched } from "../events/watches.ts";

/** What a relay is asked for. */
export interface WatchedResource {
  readonly resource: ResourceView;
  readonly options: RelayOptions;
}

const collection = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(?:namespaces\/([^/]+)\/)?([^/]+)$/;

/** The resource that a path stands for. @throws InputError where the server serves none */
export async function watchedResource(cluster: Cluster, watched: Watched): Promise<WatchedResource> {
  const { path, query, resourceVersion, metadataOnly } = watched;
  const parts = (collection.exec(path) ?? []).map((part: string | undefined) => part && decodeURIComponent(part));
  const [, group = "", version = "", namespace, plural = ""] = parts;
  const found = await cluster.find(`${plural}.${version}${group === "" ? "" : `.${group}`}`);
  if (found.resource.plural !== plural || found.resource.version !== version || found.resource.group !== group)
    throw new InputError("path", `the server serves nothing to watch at ${path}`);
  const placed = namespace === undefined ? found : found.in(namespace);
  const parameters = new URLSearchParams(query);
  return {
    resource: metadataOnly === true ? placed.metadata : placed,
    options: {
      labelSelector: parameters.get("labelSelector") ?? undefined,
      fieldSelector: parameters.get("fieldSelector") ?? undefined,
      resourceVersion,
    },
  };
}
