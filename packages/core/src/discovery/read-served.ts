import { call } from "../client/call.ts";
import { acceptJson } from "../codec/json/asking.ts";
import { DecodeError } from "../errors/body-errors.ts";
import { isNotFound } from "../errors/guards.ts";
import type { CallContext } from "../client/call.ts";
import { aggregatedGroup, type AggregatedGroup } from "./aggregated-group.ts";
import type { ApiGroup, ApiResource } from "./api-resource.ts";
import type { Served } from "./discovery.ts";
import { legacyGroup } from "./legacy-group.ts";
import { freshFirst } from "./fresh-first.ts";
import { createSilenceBound } from "./silence-bound.ts";

// Aggregated discovery (stable since Kubernetes 1.30), its beta, and what older servers and some aggregated APIs answer.
const aggregated = { group: "apidiscovery.k8s.io", kind: "APIGroupDiscoveryList" };
const shapes = [{ ...aggregated, version: "v2" }, { ...aggregated, version: "v2beta1" }, undefined];

// As long as the API server itself waits for an aggregated API (k8s.io/kube-aggregator pkg/apiserver/handler_discovery.go).
const longestSilenceMs = 5000;

/**
 * Every group, version and resource that the server serves: two requests, or one per group-version on old servers. Those spoil each
 * other in nothing, as in client-go's ServerGroupsAndResources, and one that is silent costs 5 s (at most half of the connection's
 * `timeoutMs`) after the last of the others.
 */
export async function readServed(context: CallContext): Promise<Served> {
  const headers = acceptJson(...shapes);
  const read = (path: string, signal?: AbortSignal): Promise<unknown> =>
    call(
      context,
      { verb: "get", method: "GET", path, query: "", headers, body: undefined, replay: "safe" },
      { signal },
      context.codecs.object,
    );
  // Aggregated API servers by themselves have no /api (client-go, downloadLegacy).
  const core = read("/api").catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
  const documents = (await Promise.all([core, read("/apis")])) as readonly (Document | undefined)[];
  const bound = createSilenceBound(context.clock, Math.min(longestSilenceMs, context.timeoutMs / 2));
  try {
    const readVersion = (path: string): Promise<unknown> => bound.within((signal) => read(path, signal));
    const groups = await Promise.all(documents.map((document) => groupsOf(document, readVersion)));
    return servedBy(groups.flat());
  } finally {
    bound.end();
  }
}

function servedBy(groups: readonly ApiGroup[]): Served {
  return { groups, resources: groups.flatMap(({ versions }) => preferred(versions)) };
}

function preferred(versions: ApiGroup["versions"]): readonly ApiResource[] {
  const byPlural = new Map<string, ApiResource>();
  for (const { resources } of freshFirst(versions)) {
    for (const resource of resources) {
      if (!byPlural.has(resource.plural)) byPlural.set(resource.plural, resource);
    }
  }
  return [...byPlural.values()];
}

async function groupsOf(
  document: Document | undefined,
  read: (path: string) => Promise<unknown>,
): Promise<readonly ApiGroup[]> {
  if (document === undefined) return [];
  switch (document.kind) {
    case "APIGroupDiscoveryList":
      return (document.items ?? []).map(aggregatedGroup);
    case "APIVersions":
      return [await legacyGroup("", document.versions ?? [], read)];
    case "APIGroupList":
      return Promise.all(
        (document.groups ?? []).map(({ name, versions, preferredVersion }) => {
          const names = (versions ?? []).map(({ version }) => version);
          const first = preferredVersion?.version;
          return legacyGroup(name, first ? [first, ...names.filter((v) => v !== first)] : names, read);
        }),
      );
    default:
      throw new DecodeError(`Unexpected: discovery answered with kind ${JSON.stringify(document.kind ?? "")}`);
  }
}

/** Any of the documents at /api and /apis, as far as it is read here. Lists that a Go server has not filled are null. */
interface Document {
  readonly kind?: string;
  readonly items?: readonly AggregatedGroup[] | null;
  readonly versions?: readonly string[] | null;
  readonly groups?:
    | readonly {
        readonly name: string;
        readonly versions?: readonly { readonly version: string }[] | null;
        readonly preferredVersion?: { readonly version: string };
      }[]
    | null;
}
