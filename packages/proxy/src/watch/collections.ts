import type { ApiResource, Clock, Cluster, ResourceView } from "@kubewright/core";
import { Refusal } from "../request/refusal.ts";
import type { ResourceTarget } from "../request/target.ts";

/** A client of the collection that a page means, by what the server says it has. @throws Refusal 404 for what it does not have */
export type FindCollection = (target: ResourceTarget, metadataOnly: boolean) => Promise<ResourceView>;

/** So many milliseconds apart is the server asked once more what it has, however often pages ask for what it has not. */
const refreshMs = 10_000;

/** Finds collections by a cluster's discovery. */
export function createFindCollection(cluster: Cluster, clock: Clock): FindCollection {
  let refreshedAt = -Infinity;

  async function find(target: ResourceTarget): Promise<ApiResource | undefined> {
    const groups = await cluster.discovery.groups();
    const versions = groups.find(({ name }) => name === target.group)?.versions;
    const served = versions?.find(({ version }) => version === target.version);
    return served?.resources.find(({ plural }) => plural === target.resource);
  }

  return async (target, metadataOnly) => {
    let resource = await find(target);
    if (resource === undefined && clock.now() - refreshedAt >= refreshMs) {
      refreshedAt = clock.now();
      cluster.discovery.refresh();
      resource = await find(target);
    }
    const { namespace } = target;
    if (resource === undefined || (namespace !== undefined && !resource.namespaced))
      throw new Refusal(404, "the server could not find the requested resource");
    const all = cluster.resource({ ...resource, namespaced: true });
    const client = namespace === undefined ? all : all.in(namespace);
    return metadataOnly ? client.metadata : client;
  };
}
