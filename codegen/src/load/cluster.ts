import { isBuiltIn } from "../model/names.ts";
import { SpecError } from "../checks/problems.ts";
import type { ApiSource } from "./api-source.ts";
import { groupVersionsOf, type DiscoveredGroupVersion, type DiscoveryList } from "./discovery.ts";
import type { OpenApiDocument } from "./openapi.ts";

/** Reads one JSON document from the API server. */
export type JsonReader = (path: string, accept: string) => Promise<unknown>;

const aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** Reads discovery, and the OpenAPI documents of the group-versions that `wants` chooses, from a running API server. */
export async function readCluster(
  read: JsonReader,
  wants: (groupVersions: readonly DiscoveredGroupVersion[]) => readonly DiscoveredGroupVersion[],
): Promise<ApiSource> {
  const lists = await Promise.all([readDiscovery(read, "/api"), readDiscovery(read, "/apis")]);
  const discovered = groupVersionsOf(lists);
  const groupVersions = wants(discovered);
  const { paths } = (await read("/openapi/v3", "application/json")) as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  const documents = new Map<string, OpenApiDocument>();
  for (const { group, version } of documented(groupVersions, discovered)) {
    const path = group === "" ? `api/${version}` : `apis/${group}/${version}`;
    const url = paths[path]?.serverRelativeURL;
    if (url === undefined) {
      throw new SpecError([
        `The server lists ${path} in discovery, but /openapi/v3 has no document for it: is its API server down?`,
      ]);
    }
    // The address carries a hash of the document for caches, which are of no use here.
    documents.set(path, (await read(url.replace(/\?.*/, ""), "application/json")) as OpenApiDocument);
  }
  return { discovered, groupVersions, documents, hasOperations: true };
}

async function readDiscovery(read: JsonReader, path: string): Promise<DiscoveryList> {
  const list = (await read(path, aggregated)) as Partial<DiscoveryList> & { kind?: string };
  if (list.kind !== "APIGroupDiscoveryList" || list.items === undefined) {
    throw new SpecError([
      `${path} answers no aggregated discovery (${list.kind ?? "no kind"}); Kubernetes 1.30 or newer has it`,
    ]);
  }
  return list as DiscoveryList;
}

/** Kubernetes' own documents hold schemas of each other's groups: Eviction of policy/v1 stands in that of the core group only. */
function documented(
  chosen: readonly DiscoveredGroupVersion[],
  discovered: readonly DiscoveredGroupVersion[],
): readonly DiscoveredGroupVersion[] {
  const needsBuiltIn = chosen.some(({ group }) => isBuiltIn(group));
  return needsBuiltIn ? discovered.filter((one) => isBuiltIn(one.group) || chosen.includes(one)) : chosen;
}
