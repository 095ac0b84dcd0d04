import type { SubresourceDescriptor, Verb } from "../types/descriptor.ts";
import type { ApiGroup, ApiResource } from "./api-resource.ts";

interface ResponseKind {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
}

/** One group of an APIGroupDiscoveryList, as far as it is read here. Its lists are left out when they are empty. */
export interface AggregatedGroup {
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

/** The group as discovery tells it. */
export function aggregatedGroup({ metadata, versions = [] }: AggregatedGroup): ApiGroup {
  const group = metadata?.name ?? "";
  return {
    name: group,
    versions: versions.map(({ version, freshness, resources = [] }) => ({
      version,
      stale: freshness === "Stale",
      resources: resources.map((entry): ApiResource => {
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
