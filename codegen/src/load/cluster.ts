import { isBuiltIn } from "../model/names.ts";
import { groupVersionPath } from "../model/paths.ts";
import { SpecError } from "../checks/problems.ts";
import type { ApiSource } from "./api-source.ts";
import { deprecatedKinds, type CustomResourceDefinition } from "./crds.ts";
import { groupVersionsOf, type DiscoveredGroupVersion, type DiscoveryList } from "./discovery.ts";
import { restrict } from "./restrict.ts";
import type { OpenApiDocument } from "./openapi.ts";

/** Reads one JSON document from the API server. */
export type JsonReader = (path: string, accept: string) => Promise<unknown>;

/** A server describes a new resource some seconds after it serves it: how long to wait, and between questions, in milliseconds. */
const patience = 10_000;
const pause = 200;

const aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/**
 * Reads discovery, and the OpenAPI documents of the group-versions that `wants` chooses, from a running API server. Documents
 * that do not hold every resource yet, as right after a CustomResourceDefinition was added, are waited for, 10 s in all. A
 * group-version whose document cannot be read is left out; the source's problems say so.
 */
export async function readCluster(
  read: JsonReader,
  wants: (groupVersions: readonly DiscoveredGroupVersion[]) => readonly DiscoveredGroupVersion[],
): Promise<ApiSource> {
  const lists = await Promise.all([readDiscovery(read, "/api"), readDiscovery(read, "/apis")]);
  const discovered = groupVersionsOf(lists);
  const chosen = wants(discovered);
  const readAddresses = async (): Promise<DocumentAddresses> =>
    ((await read("/openapi/v3", "application/json")) as { paths: DocumentAddresses }).paths;
  const server: Server = { read, readAddresses, addresses: await readAddresses(), until: performance.now() + patience };
  const documents = new Map<string, OpenApiDocument>();
  const problems: string[] = [];
  for (const one of documented(chosen, discovered)) {
    const path = groupVersionPath(one.group, one.version).slice(1);
    try {
      documents.set(path, await readDocument(server, one, path));
    } catch (error) {
      problems.push(`${path}: ${(error as Error).message}`);
    }
  }
  const readable = chosen.filter(({ group, version }) => documents.has(groupVersionPath(group, version).slice(1)));
  const source: ApiSource = {
    discovered,
    groupVersions: discovered,
    documents,
    deprecated: chosen.every(({ group }) => isBuiltIn(group)) ? new Map() : await readDeprecated(read),
    places: new Map(),
    problems,
    hasOperations: true,
  };
  return restrict(source, readable);
}

interface Server {
  readonly read: JsonReader;
  readonly readAddresses: () => Promise<DocumentAddresses>;
  addresses: DocumentAddresses;
  readonly until: number;
}

async function readDocument(server: Server, one: DiscoveredGroupVersion, path: string): Promise<OpenApiDocument> {
  for (;;) {
    // The address carries a hash of the document for caches, which are of no use here.
    const address = server.addresses[path]?.serverRelativeURL.replace(/\?.*/, "");
    const document =
      address === undefined ? undefined : ((await server.read(address, "application/json")) as OpenApiDocument);
    // A group without resources is one whose API server does not answer.
    const last = performance.now() > server.until || one.resources.length === 0;
    // What is still missing in the end is told when discovery and documents are compared.
    if (document !== undefined && (last || holds(document, one))) return document;
    if (last) {
      throw new SpecError([
        "the server lists it in discovery, but /openapi/v3 has no document for it: is its API server down?",
      ]);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    server.addresses = await server.readAddresses();
  }
}

/** OpenAPI does not say which versions are deprecated. Whoever may not read definitions has types without that word. */
async function readDeprecated(read: JsonReader): Promise<ReadonlyMap<string, string>> {
  try {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const { items = [] } = (await read(path, "application/json")) as { items?: CustomResourceDefinition[] };
    return new Map(items.flatMap(deprecatedKinds));
  } catch {
    return new Map();
  }
}

type DocumentAddresses = Readonly<Record<string, { readonly serverRelativeURL: string }>>;

/** True if the document has a path for every resource. */
function holds({ paths = {} }: OpenApiDocument, { resources }: DiscoveredGroupVersion): boolean {
  const segments = new Set(Object.keys(paths).map((path) => path.slice(path.lastIndexOf("/") + 1)));
  return resources.every(({ resource }) => segments.has(resource));
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
