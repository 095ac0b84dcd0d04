import { call } from "../client/call.ts";
import { DecodeError } from "../errors/body-errors.ts";
import { groupVersionPath } from "../request/path.ts";
import { isStatusError } from "../errors/guards.ts";
import type { CallContext } from "../client/call.ts";
import type { SubresourceDescriptor, Verb } from "../types/descriptor.ts";
import type { ApiGroup, ApiResource, ApiVersion } from "./api-resource.ts";
import type { Served } from "./discovery.ts";

// Aggregated discovery (stable since Kubernetes 1.30), its beta, and what older servers and some aggregated APIs answer.
const aggregated = { group: "apidiscovery.k8s.io", kind: "APIGroupDiscoveryList" };
const shapes = [{ ...aggregated, version: "v2" }, { ...aggregated, version: "v2beta1" }, undefined];

/** Every group, version and resource that the server serves: two requests, or one per group-version on old servers. */
export async function readServed(context: CallContext): Promise<Served> {
  const headers = context.codecs.accept(...shapes);
  const read = (path: string): Promise<Document> =>
    call(
      context,
      { verb: "get", method: "GET", path, query: "", headers, body: undefined, replay: "safe" },
      {},
      context.codecs.object,
    ) as Promise<Document>;
  const [core, others] = await Promise.all([read("/api"), read("/apis")]);
  const groups = [...(await groupsOf(core, read)), ...(await groupsOf(others, read))];
  return { groups, resources: groups.flatMap(({ versions }) => preferred(versions)) };
}

function preferred(versions: ApiGroup["versions"]): readonly ApiResource[] {
  const byPlural = new Map<string, ApiResource>();
  for (const { resources } of versions) {
    for (const resource of resources) {
      if (!byPlural.has(resource.plural)) byPlural.set(resource.plural, resource);
    }
  }
  return [...byPlural.values()];
}

async function groupsOf(document: Document, read: (path: string) => Promise<Document>): Promise<readonly ApiGroup[]> {
  switch (document.kind) {
    case "APIGroupDiscoveryList":
      return (document.items ?? []).map(aggregatedGroup);
    case "APIVersions":
      return [await legacyGroup("", document.versions ?? [], read)];
    case "APIGroupList":
      return Promise.all(
        (document.groups ?? []).map(({ name, versions, preferredVersion }) => {
          const names = versions.map(({ version }) => version);
          const first = preferredVersion?.version;
          return legacyGroup(name, first === undefined ? names : [first, ...names.filter((v) => v !== first)], read);
        }),
      );
    default:
      throw new DecodeError(`Unexpected: discovery answered with kind ${JSON.stringify(document.kind ?? "")}`);
  }
}

function aggregatedGroup({ metadata, versions = [] }: AggregatedGroup): ApiGroup {
  const group = metadata?.name ?? "";
  return {
    name: group,
    versions: versions.map(({ version, freshness, resources = [] }) => ({
      version,
      stale: freshness === "Stale",
      resources: resources.map((entry) => {
        const kindOf = (kind: ResponseKind | undefined): Omit<SubresourceDescriptor, "verbs"> => ({
          // An empty group means the enclosing one; only a group of its own comes with a version of its own.
          group: kind?.group || group,
          version: kind?.version || version,
          kind: kind?.kind ?? "",
        });
        return {
          group,
          version,
          plural: entry.resource,
          kind: entry.responseKind?.kind ?? "",
          namespaced: entry.scope === "Namespaced",
          verbs: entry.verbs ?? [],
          singular: entry.singularResource ?? "",
          shortNames: entry.shortNames ?? [],
          categories: entry.categories ?? [],
          subresources: Object.fromEntries(
            (entry.subresources ?? []).map((sub) => [
              sub.subresource,
              { ...kindOf(sub.responseKind), verbs: sub.verbs ?? [] },
            ]),
          ),
        };
      }),
    })),
  };
}

async function legacyGroup(
  group: string,
  versions: readonly string[],
  read: (path: string) => Promise<Document>,
): Promise<ApiGroup> {
  return { name: group, versions: await Promise.all(versions.map((version) => legacyVersion(group, version, read))) };
}

async function legacyVersion(
  group: string,
  version: string,
  read: (path: string) => Promise<Document>,
): Promise<ApiVersion> {
  let document: Document;
  try {
    document = await read(groupVersionPath(group, version));
  } catch (error) {
    // The aggregated API behind this version is down: kubectl goes on without it, and so do we, saying so.
    if (isStatusError(error) && (error.statusCode === 503 || error.statusCode === 404))
      return { version, stale: true, resources: [] };
    throw error;
  }
  const entries = document.resources ?? [];
  const resources: ApiResource[] = entries
    .filter(({ name }) => !name.includes("/"))
    .map((entry) => ({
      group,
      version,
      plural: entry.name,
      kind: entry.kind,
      namespaced: entry.namespaced,
      verbs: entry.verbs,
      singular: entry.singularName ?? "",
      shortNames: entry.shortNames ?? [],
      categories: entry.categories ?? [],
      subresources: Object.fromEntries(
        entries
          .filter(({ name }) => name.startsWith(`${entry.name}/`))
          .map((sub) => [
            sub.name.slice(entry.name.length + 1),
            { group: sub.group || group, version: sub.version || version, kind: sub.kind, verbs: sub.verbs },
          ]),
      ),
    }));
  return { version, stale: false, resources };
}

interface ResponseKind {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
}

interface AggregatedGroup {
  readonly metadata?: { readonly name?: string };
  readonly versions?: readonly {
    readonly version: string;
    readonly freshness?: string;
    readonly resources?: readonly {
      readonly resource: string;
      readonly responseKind?: ResponseKind;
      readonly scope?: string;
      readonly singularResource?: string;
      readonly verbs?: readonly Verb[];
      readonly shortNames?: readonly string[];
      readonly categories?: readonly string[];
      readonly subresources?: readonly {
        readonly subresource: string;
        readonly responseKind?: ResponseKind;
        readonly verbs?: readonly Verb[];
      }[];
    }[];
  }[];
}

/** Any of the discovery documents, as far as it is read here. */
interface Document {
  readonly kind?: string;
  readonly items?: readonly AggregatedGroup[];
  readonly versions?: readonly string[];
  readonly groups?: readonly {
    readonly name: string;
    readonly versions: readonly { readonly version: string }[];
    readonly preferredVersion?: { readonly version: string };
  }[];
  readonly resources?: readonly {
    readonly name: string;
    readonly singularName?: string;
    readonly namespaced: boolean;
    readonly group?: string;
    readonly version?: string;
    readonly kind: string;
    readonly verbs: readonly Verb[];
    readonly shortNames?: readonly string[];
    readonly categories?: readonly string[];
  }[];
}
