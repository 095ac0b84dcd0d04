import type { GroupVersionKind } from "./openapi.ts";

/** The kind in a discovery document: an empty version means the group-version that lists the resource. */
export interface ResponseKind {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
}

export interface DiscoveredSubresource {
  readonly subresource: string;
  readonly responseKind?: ResponseKind;
  readonly verbs: readonly string[];
}

export interface DiscoveredResource {
  readonly resource: string;
  readonly responseKind?: ResponseKind;
  readonly scope: string;
  readonly singularResource?: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
  readonly subresources?: readonly DiscoveredSubresource[];
}

/** An APIGroupDiscoveryList (apidiscovery.k8s.io/v2), the answer of /api and /apis. */
export interface DiscoveryList {
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly freshness?: string;
      readonly resources?: readonly DiscoveredResource[];
    }[];
  }[];
}

/** A group-version and what it serves. */
export interface DiscoveredGroupVersion {
  /** `""` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resources: readonly DiscoveredResource[];
}

/** The kind of a resource of this group-version; undefined where discovery gives none. */
export function kindOf(
  found: ResponseKind | undefined,
  { group, version }: Pick<DiscoveredGroupVersion, "group" | "version">,
): GroupVersionKind | undefined {
  if (!found?.kind) return undefined;
  return found.version
    ? { group: found.group ?? "", version: found.version, kind: found.kind }
    : { group, version, kind: found.kind };
}

/** Every group-version of both lists, sorted, so that the order of the server's answer does not matter. */
export function groupVersionsOf(lists: readonly DiscoveryList[]): DiscoveredGroupVersion[] {
  return lists
    .flatMap(({ items }) =>
      items.flatMap(({ metadata, versions }) =>
        versions.map(({ version, resources = [] }) => ({ group: metadata?.name ?? "", version, resources })),
      ),
    )
    .toSorted((a, b) => compare(a.group, b.group) || compare(a.version, b.version));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
